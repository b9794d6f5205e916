"""Planted faults: each damages one thing in a project, and says what must come of it."""

from tests.functional.faults.cells import CELL_FAULTS
from tests.functional.faults.files import FILE_FAULTS
from tests.functional.faults.project_file import (
    ASKED_FAULTS,
    ATTESTATION_FAULTS,
    COMMENTARY_FAULTS,
    PROJECT_FAULTS,
)
from tests.functional.faults.risk_tables import RISK_BLOCK_FAULTS, RISK_FAULTS
from tests.functional.faults.rows import ROW_FAULTS

DATA_FAULTS = (*FILE_FAULTS, *CELL_FAULTS, *ROW_FAULTS, *RISK_FAULTS)
"""What ``check`` finds in the two leaders' files."""

FAULTS = (
    *DATA_FAULTS,
    *PROJECT_FAULTS,
    *RISK_BLOCK_FAULTS,
    *ASKED_FAULTS,
    *COMMENTARY_FAULTS,
    *ATTESTATION_FAULTS,
)
