/* What decoding costs most, compiled: making the values of a payment (make.h).

   Each has a twin in Python that is the reference; tests/schemas/test_compiled.py compares them. Not the stable ABI: the
   slots of an instance are set by their places, which it does not know; so there is a file for each version of Python. */

#define PY_SSIZE_T_CLEAN
#include <Python.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <structmember.h>

#ifdef Py_GIL_DISABLED
#error "the table of classes needs the interpreter's lock"
#endif

/* The checksum of the files it was compiled from: hatch_build.py gives it, __init__.py compares it. */
#ifndef SOURCES
#define SOURCES ""
#endif

#include "make.h"

static PyMethodDef functions[] = {
    {"teach", teach, METH_VARARGS, "teach(cls, names, defaults, missing) -> bool"},
    {NULL, NULL, 0, NULL},
};

static struct PyModuleDef definition = {PyModuleDef_HEAD_INIT, "_core", NULL, -1, functions, NULL, NULL, NULL, NULL};

PyMODINIT_FUNC PyInit__core(void)
{
    PyObject *module = PyModule_Create(&definition);
    if (module != NULL && PyModule_AddStringConstant(module, "SOURCES", SOURCES) < 0) Py_CLEAR(module);
    return module;
}
