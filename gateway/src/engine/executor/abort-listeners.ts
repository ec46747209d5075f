/** Tells of the ends of signals. */
export interface AbortListeners {
  /** Calls the listener when the signal aborts, unless the function that is given back was called before. */
  listen(signal: AbortSignal, listener: () => void): () => void;
}

/** Listens to each signal once, however many want to know: a listener of an event costs more than all else of a wait. */
export function createAbortListeners(): AbortListeners {
  const bySignal = new WeakMap<AbortSignal, Set<() => void>>();
  const open = (signal: AbortSignal): Set<() => void> => {
    const listeners = new Set<() => void>();
    bySignal.set(signal, listeners);
    const tell = (): void => {
      for (const listener of listeners) listener();
    };
    signal.addEventListener('abort', tell, { once: true });
    return listeners;
  };
  return {
    listen(signal, listener) {
      const listeners = bySignal.get(signal) ?? open(signal);
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}
