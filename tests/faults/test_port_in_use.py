"""Something else listens already: the sentence says what, and how to go on."""

import socket

from tests.faults.server import Server


def test_the_server_ends_with_a_sentence_that_says_how_to_go_on(server: Server) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", server.port))
        other.listen()

        assert server.command("serve").wait(60) == 1

    assert f"The port {server.port} is in use" in server.said()
    assert "LMS_PORT=" in server.said()
    assert "Traceback" not in server.said()


def test_a_second_start_of_the_same_site_is_refused_and_the_first_goes_on(server: Server) -> None:
    server.start()

    assert server.command("serve").wait(60) == 1

    with server.browser() as browser:
        assert browser.get("/fr/sign-in").status_code == 200
