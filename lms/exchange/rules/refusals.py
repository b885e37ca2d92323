"""Why a whole file is not taken. Refused rows are sentences of their own: see the other files."""

from lms.base.language import sentence
from lms.base.refusals import Refusal


class FileTooLarge(Refusal):
    says = sentence(
        "This file has more than %(megabytes)s MB. Save only the columns that are needed, or "
        "divide the list into several files."
    )


class TooManyRows(Refusal):
    says = sentence(
        "This file has more than %(rows)s rows. Divide the list into several files, for example "
        "one for each region."
    )


class FileEmpty(Refusal):
    says = sentence("This file is empty. Choose the file that holds the list.")


class NotATable(Refusal):
    says = sentence(
        "This file is not a list that the site can read. In your spreadsheet, choose “Save as”, "
        "then CSV or Excel workbook (.xlsx), and send that file."
    )


class OldWorkbook(Refusal):
    says = sentence(
        "This is a workbook of an older or another kind. Open it, choose “Save as”, then Excel "
        "workbook (.xlsx) or CSV, and send that file."
    )


class WorkbookLocked(Refusal):
    says = sentence("This workbook is protected by a password. Save it without one, then send it.")


class SheetTooWide(Refusal):
    says = sentence(
        "The first sheet reaches to the cell %(cell)s. Delete the empty rows and columns around "
        "the list, or save the sheet as CSV, and send it again."
    )


class ColumnsMissing(Refusal):
    says = sentence(
        "These columns were not found: %(columns)s. Write their names in the first row of the "
        "list, as in the example file. The first row found was: %(found)s"
    )


class ColumnTwice(Refusal):
    says = sentence(
        "Two columns of the file, “%(first)s” and “%(second)s”, both seem to hold the same thing. "
        "Delete or rename one of them, and send the file again."
    )


class DraftUnknown(Refusal):
    says = sentence(
        "This file is not here any more: files are kept for 7 days after they were sent. Send it "
        "again."
    )


class DraftNotReady(Refusal):
    says = sentence("This file is still being read, or was refused. Open its page to see more.")


class DraftIsStale(Refusal):
    says = sentence(
        "People were changed since this file was checked, so nothing was written. Read the new "
        "check below, then confirm once more."
    )


class ImportUnknown(Refusal):
    says = sentence("There is no such import here. Open it from the list.")


class UndoneAlready(Refusal):
    says = sentence("This import was undone already.")


class TooLateToUndo(Refusal):
    says = sentence(
        "This import is more than %(days)s days old: the names from before are not kept any "
        "longer. Correct the people one by one, or send a corrected file."
    )
