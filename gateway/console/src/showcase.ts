/** A showcase query of domain.md B.5, ready to run on the demo region. */
export interface Showcase {
  readonly query: string;
  readonly variables: Readonly<Record<string, unknown>>;
}

export const showcase: readonly Showcase[] = [{ query: '# 互通 Hutong\n{ __typename }\n', variables: {} }];
