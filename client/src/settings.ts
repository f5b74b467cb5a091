import { Uri, workspace } from 'vscode'

/** The `refleak.*` settings that somebody has set for a resource; those left at their default are not there. */
export function explicitSettings(names: readonly string[], scope: string | undefined): Record<string, unknown> {
  const configuration = workspace.getConfiguration(undefined, scope === undefined ? null : Uri.parse(scope))
  const set = names.filter((name) => {
    const { defaultValue: _default, key: _key, languageIds: _ids, ...values } = configuration.inspect(name) ?? { key: name }
    return Object.values(values).some((value) => value !== undefined)
  })
  return Object.fromEntries(set.map((name) => [name.replace(/^refleak\./, ''), configuration.get(name)]))
}
