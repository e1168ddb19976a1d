/*
 * Preloaded into a process: whatever it flushes of files under FLUSHED_FROM is copied to FLUSHED_TO, whole, before the
 * flush returns. So that folder is what a disk would hold which loses everything else once the power is cut. A file
 * `move` in it has the journal moved away, once, after the next flush of its write-ahead log.
 */
#define _GNU_SOURCE
#include <dirent.h>
#include <dlfcn.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

/* From what is open already: to open a database once more and close that would drop the locks that SQLite has on it. */
static void copy(int source, const char *to) {
  static char buffer[1 << 20];
  int target = open(to, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
  off_t at = 0;
  ssize_t length;
  for (; (length = pread(source, buffer, sizeof buffer, at)) > 0; at += length)
    if (write(target, buffer, length) != length) abort();
  if (length < 0) abort();
  close(target);
}

/* What is gone from a folder that is flushed, and the mark, which was flushed under another name. */
static void keep_names(const char *from, const char *to) {
  char path[PATH_MAX * 2], kept[PATH_MAX * 2];
  DIR *folder = opendir(to);
  for (struct dirent *entry; (entry = readdir(folder)) != NULL;) {
    snprintf(path, sizeof path, "%s/%s", from, entry->d_name);
    snprintf(kept, sizeof kept, "%s/%s", to, entry->d_name);
    if (access(path, F_OK) != 0) unlink(kept);
  }
  closedir(folder);
  snprintf(path, sizeof path, "%s/journal.db-mark", from);
  snprintf(kept, sizeof kept, "%s/journal.db-mark", to);
  int mark = access(kept, F_OK) == 0 ? -1 : open(path, O_RDONLY | O_CLOEXEC);
  if (mark < 0) return;
  copy(mark, kept);
  close(mark);
}

static void move(const char *from, const char *to) {
  char path[PATH_MAX * 2], away[PATH_MAX * 2];
  snprintf(path, sizeof path, "%s/move", to);
  if (unlink(path) != 0) return;
  snprintf(path, sizeof path, "%s/journal.db", from);
  snprintf(away, sizeof away, "%s/journal.db.away", from);
  rename(path, away);
}

static void keep(int fd) {
  const char *from = getenv("FLUSHED_FROM"), *to = getenv("FLUSHED_TO");
  char link[64], path[PATH_MAX], kept[PATH_MAX * 2], unfinished[PATH_MAX * 2 + 16];
  struct stat status;
  if (from == NULL || to == NULL || fstat(fd, &status) != 0) return;
  snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
  ssize_t length = readlink(link, path, sizeof path - 1);
  if (length < 0) return;
  path[length] = '\0';
  if (strncmp(path, from, strlen(from)) != 0) return;
  /* One after the other: the last copy has everything that was flushed before, by whichever process. */
  int lock = open(to, O_RDONLY | O_CLOEXEC);
  flock(lock, LOCK_EX);
  if (S_ISDIR(status.st_mode)) {
    keep_names(path, to);
    close(lock);
    return;
  }
  snprintf(kept, sizeof kept, "%s/%s", to, strrchr(path, '/') + 1);
  snprintf(unfinished, sizeof unfinished, "%s.unfinished", kept);
  int readable = (fcntl(fd, F_GETFL) & O_ACCMODE) == O_WRONLY ? open(link, O_RDONLY | O_CLOEXEC) : fd;
  copy(readable, unfinished);
  if (readable != fd) close(readable);
  rename(unfinished, kept);
  close(lock);
  if (strstr(path, "-wal") != NULL) move(from, to);
}

#define KEEPING(name)                                              \
  int name(int fd) {                                               \
    static int (*real)(int);                                       \
    if (real == NULL) *(void **)&real = dlsym(RTLD_NEXT, #name);   \
    int result = real(fd);                                         \
    if (result == 0) keep(fd);                                     \
    return result;                                                 \
  }

KEEPING(fsync)
KEEPING(fdatasync)
