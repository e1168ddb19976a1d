/*
 * Preloaded into a facade: as long as the file named by DISK_FAULT_FILE exists, writing to files under DISK_FAULT_FOLDER
 * fails with the error number that it holds. A disk that is full, read-only or broken, for one process alone.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/types.h>
#include <unistd.h>

static int fault_of(int fd) {
  const char *file = getenv("DISK_FAULT_FILE");
  const char *folder = getenv("DISK_FAULT_FOLDER");
  char link[64], path[PATH_MAX], digits[16];
  if (file == NULL || folder == NULL) return 0;
  snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
  ssize_t length = readlink(link, path, sizeof path - 1);
  if (length < 0) return 0;
  path[length] = '\0';
  if (strncmp(path, folder, strlen(folder)) != 0) return 0;
  int control = open(file, O_RDONLY | O_CLOEXEC);
  if (control < 0) return 0;
  length = read(control, digits, sizeof digits - 1);
  close(control);
  if (length <= 0) return 0;
  digits[length] = '\0';
  return atoi(digits);
}

#define FAILING(type, name, parameters, arguments)                  \
  type name parameters {                                            \
    static type(*real) parameters;                                  \
    if (real == NULL) *(void **)&real = dlsym(RTLD_NEXT, #name);    \
    int fault = fault_of(fd);                                       \
    if (fault != 0) {                                               \
      errno = fault;                                                \
      return -1;                                                    \
    }                                                               \
    return real arguments;                                          \
  }

FAILING(ssize_t, write, (int fd, const void *data, size_t size), (fd, data, size))
FAILING(ssize_t, pwrite, (int fd, const void *data, size_t size, off_t at), (fd, data, size, at))
FAILING(ssize_t, pwrite64, (int fd, const void *data, size_t size, off64_t at), (fd, data, size, at))
FAILING(int, fdatasync, (int fd), (fd))
FAILING(int, fsync, (int fd), (fd))
FAILING(int, ftruncate, (int fd, off_t size), (fd, size))
FAILING(int, ftruncate64, (int fd, off64_t size), (fd, size))
