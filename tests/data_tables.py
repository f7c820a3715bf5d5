"""Every table of this project, found where it is described: a new one is tried by itself."""

import importlib
import pkgutil

import portal
from portal.source.datafiles import Table

MODULES = [each.name for each in pkgutil.walk_packages(portal.__path__, "portal.")]
TABLES = {
    value.path: value
    for name in MODULES
    for value in vars(importlib.import_module(name)).values()
    if isinstance(value, Table)
}
