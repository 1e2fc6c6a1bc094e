"""A package index and a Debian repository of one package each, below a folder of pages.

usage: repository.py FOLDER
"""
import hashlib, os, sys, zipfile

folder = sys.argv[1]
index = f"{folder}/simple/nonce"
os.makedirs(index)
wheel = "nonce-1-py3-none-any.whl"
with zipfile.ZipFile(f"{index}/{wheel}", "w") as file:
    about = "nonce-1.dist-info"
    file.writestr("nonce.py", "print('NONCE of a package')\n")
    file.writestr(f"{about}/METADATA", "Metadata-Version: 2.1\nName: nonce\nVersion: 1\n")
    file.writestr(f"{about}/WHEEL", "Wheel-Version: 1.0\nGenerator: test\nRoot-Is-Purelib: true\nTag: py3-none-any\n")
    file.writestr(f"{about}/RECORD", f"nonce.py,,\n{about}/METADATA,,\n{about}/WHEEL,,\n{about}/RECORD,,\n")
with open(f"{index}/index.html", "w") as page:
    page.write(f'<!DOCTYPE html><title>nonce</title><a href="{wheel}">{wheel}</a>\n')

# apt checks what it fetches by its digest, and reads no further.
archive = b"NONCE of an archive\n"
os.makedirs(f"{folder}/debian")
with open(f"{folder}/debian/nonce_1_all.deb", "wb") as file:
    file.write(archive)
with open(f"{folder}/debian/Packages", "w") as file:
    file.write(
        "Package: nonce\nVersion: 1\nArchitecture: all\nMaintainer: A Test <test@example.org>\n"
        f"Filename: ./nonce_1_all.deb\nSize: {len(archive)}\nSHA256: {hashlib.sha256(archive).hexdigest()}\n"
        "Description: a nonce\n")
