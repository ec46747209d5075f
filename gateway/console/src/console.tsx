import { GraphiQL } from 'graphiql';
import { useMemo, useRef, type ComponentProps } from 'react';
import { usePersonas, type Persona } from './personas.ts';
import { showcase } from './showcase.ts';

type Fetcher = ComponentProps<typeof GraphiQL>['fetcher'];

/**
 * The page at `/`: GraphiQL; over the demo region with the showcase queries as tabs, as the persona chosen in the menu, and
 * over somebody else's graph with an empty tab.
 */
export function Console(): React.JSX.Element {
  const { isDemo, personas, chosen, choose } = usePersonas();
  const tabs = isDemo === true ? [...showcase] : [{ query: '' }];
  const caller = useRef<Record<string, string>>({});
  caller.current = chosen === undefined ? {} : { 'x-hutong-persona': chosen.id };
  const fetcher = useMemo(() => createFetcher(() => caller.current), []);
  return (
    <>
      <header className="hutong-bar">
        <strong>互通 Hutong</strong>
        {chosen === undefined ? null : <PersonaMenu personas={personas} chosen={chosen} choose={choose} />}
        <nav>
          <a href="schema.graphql" target="_blank" rel="noreferrer">
            Schema 文档
          </a>
          <a href="ready" target="_blank" rel="noreferrer">
            Status 状态
          </a>
        </nav>
      </header>
      <main className="hutong-graphiql">
        {isDemo === undefined ? null : (
          <GraphiQL
            fetcher={fetcher}
            defaultTabs={tabs}
            initialVariables={isDemo ? (showcase[0]?.variables ?? '') : ''}
            defaultEditorToolsVisibility="variables"
            shouldPersistHeaders={false}
          />
        )}
      </main>
    </>
  );
}

function PersonaMenu({
  personas,
  chosen,
  choose,
}: {
  personas: readonly Persona[];
  chosen: Persona;
  choose: (id: string) => void;
}): React.JSX.Element {
  return (
    <label title={chosen.sees}>
      Persona 身份
      <select id="persona" value={chosen.id} onChange={(event) => choose(event.target.value)}>
        {personas.map(({ id, name, nameZh }) => (
          <option key={id} value={id}>
            {nameZh} {name}
          </option>
        ))}
      </select>
      <small>
        访问规则上线后 Once access rules arrive: {chosen.seesZh} {chosen.sees}
      </small>
    </label>
  );
}

function createFetcher(callerHeader: () => Record<string, string>): Fetcher {
  return async (operation, options) => {
    const response = await fetch('graphql', {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        accept: 'application/graphql-response+json, application/json',
        ...callerHeader(),
        ...options?.headers,
      },
      body: JSON.stringify(operation),
    });
    return response.json();
  };
}
