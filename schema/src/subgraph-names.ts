/** The four subgraphs, in the order they are composed; a name is also the folder under subgraphs/. */
export const subgraphNames = ['institutions', 'personnel', 'insurance', 'public-health'] as const;

export type SubgraphName = (typeof subgraphNames)[number];

/** Tells whether a text, for example a command line argument, names a subgraph. */
export function isSubgraphName(text: string): text is SubgraphName {
  return subgraphNames.some((name) => name === text);
}
