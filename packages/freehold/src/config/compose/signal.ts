import { text } from "../fields.ts";

/** Signals of Linux that a process may be sent (https://man7.org/linux/man-pages/man7/signal.7.html). */
const names = new Set(
  `ABRT ALRM BUS CHLD CONT FPE HUP ILL INT IO KILL PIPE PROF PWR QUIT SEGV STKFLT STOP SYS TERM TRAP TSTP TTIN TTOU URG
  USR1 USR2 VTALRM WINCH XCPU XFSZ`.split(/\s+/),
);

/** `SIGQUIT`, `quit` or `3`, as Docker takes it; names as `SIGQUIT`. */
export const signal = text.transform((written, context) => {
  const name = written.toUpperCase().replace(/^SIG/, "");
  if (names.has(name) || /^RT(?:MIN|MAX)(?:[+-]\d{1,2})?$/.test(name)) return `SIG${name}`;
  if (/^\d{1,2}$/.test(written) && Number(written) >= 1 && Number(written) <= 64) return written;
  context.addIssue("is no signal of Linux; write it like `SIGQUIT`");
  return written;
});
