"""What an agent does with customers apart from calls: find, merge, import, export (M18, step ⑥)."""

from __future__ import annotations

from dataclasses import dataclass

from agent_app.desk.customer_files import CustomerExport, CustomerImport
from agent_app.desk.customer_finder import CustomerFinder
from agent_app.desk.customer_merging import CustomerMerging


@dataclass(frozen=True, slots=True)
class People:
    """The desk behind the page of customers; editing is ``Seat.customers``."""

    finder: CustomerFinder
    merging: CustomerMerging
    importing: CustomerImport
    exporting: CustomerExport
