"""Why something about a workshop cannot be done. `field` names what has to be put right."""

from typing import ClassVar

from lms.base.language import sentence
from lms.base.refusals import Refusal


class WorkshopRefusal(Refusal):
    """Base; `field` is a field of `Plan`, or empty where nothing that was typed is wrong."""

    field: ClassVar[str] = ""


class WorkshopUnknown(WorkshopRefusal):
    says = sentence("There is no such workshop among yours. Go back to the list of workshops.")


class SittingUnknown(WorkshopRefusal):
    says = sentence(
        "This workshop no longer has that sitting. Open the workshop again and choose one there."
    )


class NotOnTheList(WorkshopRefusal):
    says = sentence(
        "Somebody ticked is no longer on the list. Open the roll again, then tick those present."
    )


class TitleMissing(WorkshopRefusal):
    field = "title"
    says = sentence("Give the workshop a title.")


class ThemeMissing(WorkshopRefusal):
    field = "theme"
    says = sentence("Choose the theme of the workshop.")


class ModeMissing(WorkshopRefusal):
    field = "mode"
    says = sentence("Choose whether people meet in a room, online, or both.")


class LanguageMissing(WorkshopRefusal):
    field = "language"
    says = sentence("Choose the language of the workshop.")


class OrganiserMissing(WorkshopRefusal):
    field = "organiser"
    says = sentence("Choose who organises the workshop.")


class PlaceMissing(WorkshopRefusal):
    field = "place"
    says = sentence("Say where people meet: the town and the room.")


class SittingMissing(WorkshopRefusal):
    field = "sittings"
    says = sentence("Give at least one sitting: its day, when it begins and when it ends.")


class TooManySittings(WorkshopRefusal):
    field = "sittings"
    says = sentence("A workshop has at most %(most)s sittings. Plan the others as a second one.")


class SittingDayWrong(WorkshopRefusal):
    field = "sittings"
    says = sentence("The day of sitting %(number)s is not clear. Write it as 2026-11-21.")


class SittingTimeWrong(WorkshopRefusal):
    field = "sittings"
    says = sentence("The time of sitting %(number)s is not clear. Write it as 09:30.")


class SittingEndsBeforeStart(WorkshopRefusal):
    field = "sittings"
    says = sentence("Sitting %(number)s ends before it begins. Correct its times.")


class SittingsOverlap(WorkshopRefusal):
    field = "sittings"
    says = sentence("Two sittings are at the same time. Correct the day or the times of one.")


class SittingHasRoll(WorkshopRefusal):
    field = "sittings"
    says = sentence(
        "People are marked as present at a sitting that is no longer in the list. Put the sitting "
        "back, or untick them first."
    )


class AlreadyCancelled(WorkshopRefusal):
    says = sentence("This workshop is cancelled. Plan a new one instead.")


class AlreadyHeld(WorkshopRefusal):
    says = sentence(
        "This workshop is already reported as held, so it cannot be cancelled. Ask the secretariat "
        "if that was a mistake."
    )


class ReasonMissing(WorkshopRefusal):
    field = "reason"
    says = sentence("Say in a few words why the workshop is cancelled.")


class NobodyCame(WorkshopRefusal):
    says = sentence(
        "Nobody is marked as present yet. Call the roll of at least one sitting, or cancel the "
        "workshop."
    )


class NotOverYet(WorkshopRefusal):
    says = sentence("The workshop is not over yet. Report it as held after its last day.")


class TooEarlyForRoll(WorkshopRefusal):
    says = sentence(
        "This sitting has not begun. Call the roll on its day, or change the date of the sitting."
    )


class NobodyChosen(WorkshopRefusal):
    field = "people"
    says = sentence("Tick at least one person, or write one person per line.")


class RoleUnknown(WorkshopRefusal):
    field = "role"
    says = sentence("Choose in which role the person takes part.")


class DelegationMissing(WorkshopRefusal):
    field = "delegation"
    says = sentence("Choose the office or the state that sends the person.")


class NothingTyped(WorkshopRefusal):
    field = "line"
    says = sentence(
        "Write the given name, the family name, then a comma and the staff number if there is one."
    )


class FamilyNameMissing(WorkshopRefusal):
    field = "line"
    says = sentence("Write the given name and the family name of “%(line)s”.")


class NumberUnknown(WorkshopRefusal):
    field = "line"
    says = sentence(
        "Nobody has the number “%(number)s”. Write the given name and the family name as well."
    )


class NumberShared(WorkshopRefusal):
    field = "line"
    says = sentence(
        "Several people have the number “%(number)s”. Write the number on their learner card."
    )


class NumberOfSomebodyElse(WorkshopRefusal):
    field = "line"
    says = sentence(
        "The number “%(number)s” belongs to somebody with another name. Check the number, or write "
        "the number alone."
    )
