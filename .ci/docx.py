#!/usr/bin/env python3
"""Fails unless both validators report no error in each Word file and LibreOffice can lay it out."""

import json
import pathlib
import subprocess
import sys
import tempfile

OFFICE_SECONDS = 180


def answer(command):
    """A validator's JSON. Its exit code only repeats what the JSON says; no JSON is a fault."""
    ran = subprocess.run(command, capture_output=True, text=True, check=False)
    try:
        return json.loads(ran.stdout)
    except json.JSONDecodeError:
        return ran.stderr.strip() or ran.stdout.strip() or "no answer"


def audit(path):
    """What openxml-audit finds wrong: the schema and what it cannot say."""
    found = answer(["openxml-audit", "-m", "0", "-o", "json", path])
    if isinstance(found, str) or len(found) != 1:
        return [f"openxml-audit: {found}"]
    report = found[0]
    faults = [f"{e['part_uri']} {e['path']}: {e['description']}" for e in report["errors"]]
    if not faults and not (report["valid"] and report["error_count"] == 0):
        faults = [str(report["verdict"])]
    return faults


def integrity(path):
    """What ooxml-integrity finds wrong: the package and its references."""
    found = answer(["ooxml-integrity", "check", "--no-config", "--json", path])
    if isinstance(found, str) or len(found["files"]) != 1:
        return [f"ooxml-integrity: {found}"]
    report = found["files"][0]
    faults = [f"{f['code']}: {f['message']}" for f in report["findings"] if f["severity"] == "error"]
    if len(faults) != report["summary"]["error"]:
        faults.append(f"ooxml-integrity counts {report['summary']}")
    return faults


def office(path, folder):
    """What is wrong with how LibreOffice lays the file out: nothing, or that there is no text."""
    command = [
        "soffice",
        f"-env:UserInstallation=file://{folder}/profile",
        "--headless",
        "--convert-to",
        "pdf",
        "--outdir",
        folder,
        path,
    ]
    try:
        ran = subprocess.run(command, capture_output=True, text=True, timeout=OFFICE_SECONDS, check=False)
    except subprocess.TimeoutExpired:
        return [f"LibreOffice took more than {OFFICE_SECONDS} seconds"]
    pdf = pathlib.Path(folder, pathlib.Path(path).stem + ".pdf")
    if not pdf.is_file():
        return [f"LibreOffice made no PDF: {ran.stderr.strip() or ran.stdout.strip()}"]
    text = subprocess.run(["pdftotext", pdf, "-"], capture_output=True, check=True).stdout
    return [] if text.strip() else ["LibreOffice shows no text"]


def main(paths):
    failed = not paths
    with tempfile.TemporaryDirectory() as folder:
        for path in paths:
            faults = audit(path) + integrity(path) + office(path, folder)
            print(f"{path}: {len(faults)} errors")
            for fault in faults:
                print(f"    {fault}")
            failed = failed or bool(faults)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
