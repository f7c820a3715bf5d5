"""Releases and where they are published: one module a kind of target, behind `target.Target`.

`release` makes and reads the folders in dist/, `target` holds the interface and its one error,
`targets` opens the target of an address by its scheme. May import `portal`.
"""
