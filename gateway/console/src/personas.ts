import { useEffect, useState } from 'react';

/** A ready-made demo caller, as `GET /personas` lists it. */
export interface Persona {
  readonly id: string;
  readonly name: string;
  readonly nameZh: string;
  readonly sees: string;
  readonly seesZh: string;
}

/** The menu's state. */
export interface PersonaChoice {
  /** Whether the server serves the demo region; undefined until it has said so. */
  readonly isDemo: boolean | undefined;
  readonly personas: readonly Persona[];
  readonly chosen: Persona | undefined;
  readonly choose: (id: string) => void;
}

const storageKey = 'hutong.persona';

/** The demo personas and the chosen one, at first the server's default; the choice survives a reload. */
export function usePersonas(): PersonaChoice {
  const [personas, setPersonas] = useState<readonly Persona[]>();
  const [id, setId] = useState(() => localStorage.getItem(storageKey));
  useEffect(() => {
    const load = async (): Promise<void> => {
      const response = await fetch('personas');
      // Outside the demo there are no personas, and the menu stays away.
      // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- our own server answers.
      setPersonas(response.ok ? ((await response.json()) as Persona[]) : []);
    };
    void load();
  }, []);
  const choose = (next: string): void => {
    localStorage.setItem(storageKey, next);
    setId(next);
  };
  const known = personas ?? [];
  const isDemo = personas && known.length > 0;
  return { isDemo, personas: known, chosen: known.find((persona) => persona.id === id) ?? known[0], choose };
}
