"""What a person may show: certificates, and the papers they are printed on."""
