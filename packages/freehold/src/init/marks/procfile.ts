/** A line of a Procfile: `web: gunicorn shop.wsgi`. */
interface ProcfileLine {
  readonly name: string;
  readonly command: string;
}

/** https://devcenter.heroku.com/articles/procfile */
export function parseProcfile(text: string): readonly ProcfileLine[] {
  return text.split(/\r?\n/).flatMap((line) => {
    const match = /^([A-Za-z0-9_-]+)\s*:\s*(\S.*)$/.exec(line.trimEnd());
    return match === null ? [] : [{ name: (match[1] ?? "").toLowerCase(), command: match[2] ?? "" }];
  });
}
