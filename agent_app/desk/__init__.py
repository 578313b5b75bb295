"""What an agent does: QObjects of the GUI thread, no widgets, no SQL, no HTTP."""
