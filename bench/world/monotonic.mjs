/** Returns milliseconds of a clock that is the same in all threads of a process. */
export const monotonicMs = () => Number(process.hrtime.bigint()) / 1e6
