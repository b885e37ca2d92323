"""What is typed about one's own data."""

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import BooleanField, RadioField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Length

from lms.people.corrections.rules import ABOUT, LONGEST_TEXT
from lms.people.functioning.rules import DOMAINS, Wording
from lms.web.desk import say


class CorrectionForm(FlaskForm):  # type: ignore[misc]
    """Something is wrong. What may be chosen is set for each request."""

    about = RadioField(_l("What is wrong?"), validators=[InputRequired(_l("Choose what is wrong"))])
    text = TextAreaField(
        _l("What should it be?"),
        description=_l("In a few words. Your manager reads this and answers you here."),
        validators=[
            InputRequired(_l("Say in a few words what it should be")),
            Length(max=LONGEST_TEXT, message=_l("Shorten the text to 1000 characters")),
        ],
    )


def correction_form() -> CorrectionForm:
    """The form, with what may be chosen in the reader's language."""
    form = CorrectionForm()
    form.about.choices = [SelectChoice(code, say(words)) for code, words in ABOUT.items()]
    return form


class FunctioningForm(FlaskForm):  # type: ignore[misc]
    """Six questions, each of which may be left; the box is the consent."""

    agreed = BooleanField(_l("I agree that my answers are kept"))
    seeing = RadioField()
    hearing = RadioField()
    walking = RadioField()
    remembering = RadioField()
    self_care = RadioField()
    communicating = RadioField()

    def answers(self) -> dict[str, str]:
        """Domain → answer, for those that were given."""
        given = {domain: self[domain.replace("-", "_")].data for domain in DOMAINS}
        return {domain: answer for domain, answer in given.items() if answer}


def functioning_form(wording: Wording) -> FunctioningForm:
    """The form in the official wording; one may always prefer not to say."""
    form = FunctioningForm()
    options = [*wording.answers.items(), ("refused", _l("I prefer not to say"))]
    for domain in DOMAINS:
        field = form[domain.replace("-", "_")]
        field.label.text = wording.questions[domain]
        field.choices = [SelectChoice(value, words) for value, words in options]
        field.validate_choice = False
    return form
