import { useEffect, useState } from 'react';

/** A ready-made demo caller, as `GET /personas` lists it. */
export interface Persona {
  readonly id: string;
  readonly nameEn: string;
  readonly nameZh: string;
  readonly mayEn: string;
  readonly mayZh: string;
}

/** What `GET /personas` answers. */
interface PersonaList {
  /** Header that picks a persona. */
  readonly header: string;
  /** Who asks when none is picked. */
  readonly default: string;
  readonly personas: readonly Persona[];
}

/** The menu's state. */
export interface PersonaChoice {
  readonly header: string;
  readonly personas: readonly Persona[];
  readonly chosen: Persona | undefined;
  readonly choose: (id: string) => void;
}

const storageKey = 'hutong.persona';
const nobody: PersonaList = { header: '', default: '', personas: [] };

/** The demo personas and the chosen one; the choice survives a reload. */
export function usePersonas(): PersonaChoice {
  const [{ header, default: fallback, personas }, setList] = useState(nobody);
  const [id, setId] = useState(() => localStorage.getItem(storageKey));
  useEffect(() => {
    const load = async (): Promise<void> => {
      const response = await fetch('personas');
      // Outside the demo there are no personas, and the menu stays away.
      if (response.ok) setList((await response.json()) as PersonaList);
    };
    void load();
  }, []);
  const choose = (next: string): void => {
    localStorage.setItem(storageKey, next);
    setId(next);
  };
  const find = (wanted: string | null): Persona | undefined => personas.find((persona) => persona.id === wanted);
  return { header, personas, chosen: find(id) ?? find(fallback), choose };
}
