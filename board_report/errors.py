"""Errors that a user can cause: shown as one message, without a traceback, with exit code 2."""


class BoardReportError(Exception):
    """A fault that the person running the program can mend.

    Args:
        what: what is wrong, in one sentence.
        where: the file (and line, or key) it was found in; empty when there is none.
        mend: what to do about it.
    """

    exit_code = 2

    def __init__(self, what: str, *, where: str = "", mend: str = "") -> None:
        self.what = what
        self.where = where
        self.mend = mend
        super().__init__(self.message)

    @property
    def message(self) -> str:
        """Where, what and how to mend it, as one line."""
        place = f"{self.where}: " if self.where else ""
        mend = f" {self.mend}" if self.mend else ""
        return f"{place}{self.what}{mend}"


class ProjectError(BoardReportError):
    """``report.toml`` is missing, unreadable, or says something that cannot be."""


class SourceError(BoardReportError):
    """An input file cannot be read as what it is declared to be."""


class DataError(BoardReportError):
    """The data hold errors that stop a build; the findings were already shown."""


class UnknownMetricError(BoardReportError):
    """A metric was asked for that the catalogue does not have."""


class CommentaryError(BoardReportError):
    """Commentary cannot be read, or cites a figure that does not exist."""


class DocumentError(BoardReportError):
    """A document cannot be made from these inputs, or its folder cannot be written."""
