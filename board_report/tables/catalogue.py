"""Every canonical table, by name."""

from board_report.tables.ciso import CISO_TABLES
from board_report.tables.ciso_risk import RISK_TABLES
from board_report.tables.ciso_third_parties import THIRD_PARTY_TABLES
from board_report.tables.cto import CTO_TABLES
from board_report.tables.cto_portfolio import PORTFOLIO_TABLES
from board_report.tables.joint import JOINT_TABLES
from board_report.tables.schema import TableSpec

TABLES: dict[str, TableSpec] = {
    spec.name: spec
    for spec in (
        *CISO_TABLES,
        *RISK_TABLES,
        *THIRD_PARTY_TABLES,
        *CTO_TABLES,
        *PORTFOLIO_TABLES,
        *JOINT_TABLES,
    )
}
