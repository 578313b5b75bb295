"""What the product costs, measured beside what it may be compared with; decides nothing."""

from agent_app.runtime.late_imports import import_late
from agent_app.runtime.plain_imports import keep_imports_plain

keep_imports_plain()  # a desk that is measured begins as ``zuoxi`` does
import_late()
