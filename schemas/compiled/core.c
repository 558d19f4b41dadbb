/* What decoding costs most, compiled: making the values of a payment (make.h), taking a message of a known shape apart
   (markup.h, forms.h), the fields of a FIN message (fin.h), IBANs (iban.h),
   members of JSON objects (members.h).

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
#include "markup.h"
#include "forms.h"
#include "fin.h"
#include "iban.h"
#include "members.h"

static PyMethodDef functions[] = {
    {"teach", teach, METH_VARARGS, "teach(cls, names, defaults, missing) -> bool"},
    {"markup", markup, METH_O, "markup(raw) -> (tags, places) | None"},
    {"texts", texts, METH_VARARGS, "texts(raw, places, leaves, longest) -> list | None"},
    {"fields", fields, METH_VARARGS, "fields(body, Field) -> (start, fields)"},
    {"forms", forms, METH_VARARGS, "forms(Value, Text, At, Words, Under, Several, Said, Made) -> bool"},
    {"fill", (PyCFunction)(void (*)(void))fill, METH_FASTCALL, "fill(form, path, leaves)"},
    {"keep", (PyCFunction)(void (*)(void))keep, METH_FASTCALL, "keep(into, kind, leaves, pairs)"},
    {"unique", unique, METH_O, "unique(raw) -> bool"},
    {"iban", (PyCFunction)(void (*)(void))iban, METH_FASTCALL, "iban(text, structures) -> bool | None"},
    {"planned", (PyCFunction)(void (*)(void))planned, METH_FASTCALL,
     "planned(pieces, keys, places, numbers, texts, base, Part) -> list"},
    {NULL, NULL, 0, NULL},
};

static struct PyModuleDef definition = {PyModuleDef_HEAD_INIT, "_core", NULL, -1, functions, NULL, NULL, NULL, NULL};

PyMODINIT_FUNC PyInit__core(void)
{
    PyObject *module = PyModule_Create(&definition);
    if (module != NULL && (PyModule_AddStringConstant(module, "SOURCES", SOURCES) < 0 ||
                           PyModule_AddStringConstant(module, "PLAIN_NUMBER", PLAIN_NUMBER) < 0 ||
                           PyModule_AddStringConstant(module, "PLAIN_CODE", PLAIN_CODE) < 0))
        Py_CLEAR(module);
    return module;
}
