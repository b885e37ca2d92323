"""What each indicator means, in the reader's language."""

from flask import url_for

from lms.reports.definitions import DEFINITIONS, VERSION, Definition, Parameter, definition_of
from lms.reports.rules import IndicatorUnknown
from lms.web.desk import say
from lms.web.secretariat.asking import Asked
from lms.web.secretariat.pages import DefinitionsPage, DefinitionText, ParameterLine


def meaning_of(code: str) -> DefinitionText:
    """The definition of an indicator in words, or a refusal."""
    definition = definition_of(code)
    if definition is None:
        raise IndicatorUnknown(code=code)
    return _definition(definition)


def definitions_page(typed: Asked) -> DefinitionsPage:
    """What each indicator means, in the reader's language."""
    back = url_for("secretariat.figures", **typed.arguments())
    return DefinitionsPage(say(VERSION), tuple(map(_definition, DEFINITIONS)), back)


def _definition(definition: Definition) -> DefinitionText:
    return DefinitionText(
        code=definition.code,
        name=say(definition.name),
        unit=say(definition.unit),
        text=say(definition.text),
        formula=say(definition.formula),
        not_counted=tuple(say(each) for each in definition.not_counted),
        parameters=tuple(map(_parameter, definition.parameters)),
    )


def _parameter(parameter: Parameter) -> ParameterLine:
    return ParameterLine(say(parameter.name), parameter.history, say(parameter.unit))
