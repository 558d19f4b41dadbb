"""A list published inside a zip archive (OFAC's *.ZIP): exactly one file, bounded in size and in what it unpacks to."""

from __future__ import annotations

import zipfile
import zlib
from io import BytesIO

from lists.entry import ListRefused

_SIGNATURE = b"PK\x03\x04"
_LARGEST_BYTES = 400_000_000
# Lists in XML shrink to a tenth or a thirtieth; a bomb to less than a hundredth.
_LARGEST_RATIO = 100
_SMALL_BYTES = 1_000_000
_ENCRYPTED = 0x1


def is_packed(raw: bytes) -> bool:
    """Whether these bytes are a zip archive."""
    return raw.startswith(_SIGNATURE)


def unpacked(raw: bytes, most: int = _LARGEST_BYTES) -> bytes:
    """The one file in the archive; the bytes themselves where they are no archive. `most`: no more than these bytes.

    Raises ListRefused for an archive that is damaged, encrypted, holds another number of files, or is a bomb.
    """
    if not is_packed(raw):
        return raw
    try:
        with zipfile.ZipFile(BytesIO(raw)) as archive:
            name = _only_file(archive, len(raw))
            with archive.open(name) as stream:
                return stream.read(most)
    except (zipfile.BadZipFile, zlib.error, EOFError, RuntimeError, OSError, ValueError) as error:
        raise ListRefused(
            f"no sound zip archive ({error}): the file is damaged or cut short, fetch it again"
        ) from error


def _only_file(archive: zipfile.ZipFile, packed_bytes: int) -> zipfile.ZipInfo:
    """Its one member, judged before it is unpacked: reading stops at the size stated here, whatever follows."""
    members = [member for member in archive.infolist() if not member.is_dir()]
    if len(members) != 1:
        raise ListRefused(f"the archive holds {len(members)} files where one is published: fetch it again")
    if members[0].compress_type not in {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED} or members[0].flag_bits & _ENCRYPTED:
        raise ListRefused("the archive is encrypted or packed in another way than is published: fetch it again")
    size = members[0].file_size
    if size > _LARGEST_BYTES or size > max(_SMALL_BYTES, packed_bytes * _LARGEST_RATIO):
        raise ListRefused(
            f"the archive of {packed_bytes:,} bytes would unpack to {size:,}: that is no list but a bomb; delete it and"
            " fetch the list from its publisher"
        )
    return members[0]
