"""Runs the lab of phones, whose path and options come first: python3 -c EMULATED LAB …"""

# Emulated, never by KVM: nested virtualisation is often there and broken.
EMULATED = """
import os, runpy, sys
real = os.access
os.access = lambda path, *rest, **named: path != "/dev/kvm" and real(path, *rest, **named)
sys.argv = sys.argv[1:]
runpy.run_path(sys.argv[0], run_name="__main__")
"""
