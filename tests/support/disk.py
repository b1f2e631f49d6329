"""A small disk under the server's data, to be filled and made read-only."""
import errno
import os
import pathlib
import subprocess


class Disk:
    """A small file system of its own under the data folder; needs to be root."""

    def __init__(self, folder, megabytes=24):
        self.folder = pathlib.Path(folder)
        self.filler = self.folder / "filler"
        self.mounted = False
        self.megabytes = megabytes

    def mount(self):
        """False where that is not allowed. What is in the folder goes along."""
        kept = self.folder.with_name(self.folder.name + ".kept")
        self.folder.rename(kept)
        self.folder.mkdir()
        done = subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={self.megabytes}m,mode=0700", "tmpfs", self.folder],
                              capture_output=True)
        self.mounted = done.returncode == 0
        subprocess.run(["cp", "-a", f"{kept}/.", self.folder], check=True)
        subprocess.run(["rm", "-rf", kept], check=True)
        return self.mounted

    def fill(self, leave):
        free = os.statvfs(self.folder)
        try:
            with open(self.filler, "wb") as out:
                out.write(b"\0" * max(0, free.f_bavail * free.f_frsize - leave))
        except OSError as full:  # a server that runs has written meanwhile
            if full.errno != errno.ENOSPC:
                raise

    def free(self):
        self.filler.unlink(missing_ok=True)

    def read_only(self, on):
        subprocess.run(["mount", "-o", f"remount,{'ro' if on else 'rw'}", self.folder], check=True, capture_output=True)

    def unmount(self):
        if self.mounted:
            subprocess.run(["umount", "-l", self.folder], check=False, capture_output=True)
            self.mounted = False
