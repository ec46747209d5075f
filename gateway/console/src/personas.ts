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
  readonly personas: readonly Persona[];
  readonly chosen: Persona | undefined;
  readonly choose: (id: string) => void;
}

const storageKey = 'hutong.persona';

/** The demo personas and the chosen one, at first the server's default; the choice survives a reload. */
export function usePersonas(): PersonaChoice {
  const [personas, setPersonas] = useState<readonly Persona[]>([]);
  const [id, setId] = useState(() => localStorage.getItem(storageKey));
  useEffect(() => {
    const load = async (): Promise<void> => {
      const response = await fetch('personas');
      // Outside the demo there are no personas, and the menu stays away.
      // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- our own server answers.
      if (response.ok) setPersonas((await response.json()) as Persona[]);
    };
    void load();
  }, []);
  const choose = (next: string): void => {
    localStorage.setItem(storageKey, next);
    setId(next);
  };
  return { personas, chosen: personas.find((persona) => persona.id === id) ?? personas[0], choose };
}
