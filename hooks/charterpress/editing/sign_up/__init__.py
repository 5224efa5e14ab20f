"""Filled-in forms to sign → the files of those who signed, or what has to be mended first.

`intake` has what others use. It is not imported here: a build needs the fields of a form, and nothing that
reads mails and workbooks."""
