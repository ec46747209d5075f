/** What the log keeps of a thrown value. */
export interface CauseDescription {
  readonly name: string;
  readonly message: string;
  readonly code?: string;
  readonly table?: string;
  readonly constraint?: string;
  readonly at?: readonly string[];
  readonly cause?: CauseDescription;
}

const mostFrames = 8;
const mostCauses = 4;

/**
 * Describes a fault for the log without values of people's data: PostgreSQL repeats rows and parameters in its messages,
 * so of its errors only code, table and constraint are kept, and of a failed query not its parameters.
 */
export function describeCause(cause: unknown, depth = 0): CauseDescription {
  if (!(cause instanceof Error)) return { name: typeof cause, message: '' };
  const fields = new Map<string, unknown>(Object.entries(cause));
  const textOf = (name: string): string | undefined => {
    const value = fields.get(name);
    return typeof value === 'string' ? value : undefined;
  };
  const fromDatabase = fields.has('severity') || fields.has('severity_local');
  const code = textOf('code');
  const table = textOf('table_name') ?? textOf('table');
  const constraint = textOf('constraint_name') ?? textOf('constraint');
  const inner = cause.cause ?? fields.get('originalError');
  const frames = (cause.stack ?? '').split('\n').filter((line) => /^\s+at /.test(line));
  return {
    name: cause.name,
    message: fromDatabase ? '' : withoutParameters(cause.message),
    ...(code === undefined ? {} : { code }),
    ...(fromDatabase && table !== undefined ? { table } : {}),
    ...(fromDatabase && constraint !== undefined ? { constraint } : {}),
    at: frames.slice(0, mostFrames).map((line) => line.trim()),
    ...(inner instanceof Error && depth < mostCauses ? { cause: describeCause(inner, depth + 1) } : {}),
  };
}

/** drizzle writes "Failed query: … params: …"; a custom scalar or JSON parser may quote what it was given. */
function withoutParameters(message: string): string {
  return message.replace(/\bparams:[\s\S]*$/, 'params: …').replace(/"[^"]*"|'[^']*'|`[^`]*`/g, '…');
}
