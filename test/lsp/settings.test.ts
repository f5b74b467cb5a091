import { afterEach, describe, expect, test } from 'vitest'
import { DEFAULT_SETTINGS } from '../../server/src/service/config.ts'
import { ABLE, Harness, URI, type HarnessOptions } from './harness.ts'

const HELD = 'big rows\nuse rows\nwork\n'
const PYPROJECT = '/project/pyproject.toml'

let harness: Harness
async function start(options: HarnessOptions = {}, uri = URI): Promise<void> {
  harness = new Harness({ initializationOptions: { status: true }, ...options })
  await harness.initialize()
  await harness.open(HELD, uri)
  await harness.pass(0)
}
afterEach(() => harness.stop())

const settingsInForce = () => harness.analyses.at(-1)?.settings
const projectWith = (text: string) => new Map([[PYPROJECT, text]])

describe('settings', () => {
  test('are the defaults where nobody says anything', async () => {
    await start()
    expect(settingsInForce()).toEqual(DEFAULT_SETTINGS)
  })

  test('come from the nearest pyproject.toml, and the editor wins key by key', async () => {
    await start({
      files: projectWith('[tool.refleak]\nminimum-size = "1MiB"\nconfidence = "possible"\n'),
      settings: () => ({ minimumSize: '2MiB', trace: { server: 'off' } }),
    })
    expect(settingsInForce()).toEqual({ ...DEFAULT_SETTINGS, minimumSize: 2 * 1024 * 1024, confidence: 'possible' })
    expect(harness.logged).toEqual([])
  })

  test('take the selected interpreter for the version, unless the project says one', async () => {
    await start({ settings: () => ({ interpreterVersion: '3.9' }) })
    expect(settingsInForce()?.targetVersion).toBe('3.9')
    await harness.stop()
    await start({ files: projectWith('[project]\nrequires-python = ">=3.11"\n'), settings: () => ({ interpreterVersion: '3.13' }) })
    expect(settingsInForce()?.targetVersion).toBe('3.11')
  })

  test('can differ between two folders of one window', async () => {
    const files = new Map([['/one/pyproject.toml', '[tool.refleak]\nignore = ["held-after-last-use"]\n']])
    await start({ files, settings: (uri) => uri.startsWith('file:///two') ? { minimumSize: 5 } : null }, 'file:///one/a.py')
    await harness.open(HELD, 'file:///two/b.py')
    await harness.pass(0)
    expect(harness.lastPublished('file:///one/a.py')).toEqual([])
    expect(harness.lastPublished('file:///two/b.py')).toHaveLength(1)
    expect(settingsInForce()?.minimumSize).toBe(5)
  })

  test('that are broken are named in the log, once, and the rest counts', async () => {
    await start({
      files: projectWith('[tool.refleak]\nminimum-size = "lots"\nconfidence = "possible"\n'),
      settings: () => ({ select: ['no-such-rule'], colour: 'red' }),
    })
    await harness.open(HELD, 'file:///project/other.py')
    await harness.pass(0)
    expect(settingsInForce()).toEqual({ ...DEFAULT_SETTINGS, confidence: 'possible' })
    expect(harness.logged).toEqual([
      'pyproject.toml:2: minimum-size: expected a size such as "10MiB", got "lots"',
      expect.stringMatching(/^setting refleak\.select: unknown rule "no-such-rule"; rules are /),
      expect.stringMatching(/^setting refleak\.colour: unknown key/),
    ])
  })

  test('in a pyproject.toml that is no TOML are ignored, and the log says where it breaks', async () => {
    await start({ files: projectWith('[tool.refleak\n') })
    expect(settingsInForce()).toEqual(DEFAULT_SETTINGS)
    expect(harness.logged).toEqual([expect.stringMatching(/^pyproject\.toml:1: not valid TOML/)])
  })

  test('of any shape do no harm', async () => {
    for (const strange of [42, 'text', [], { select: 7, severity: [], models: {}, enable: 'yes' }]) {
      await start({ settings: () => strange })
      expect(harness.lastPublished()).toHaveLength(1)
      await harness.stop()
    }
  })

  test('name models of the user\'s own in files beside the project; broken ones are named', async () => {
    const files = new Map([['/project/acme.json', '{ "library": "acme", "functions": {} }'], ['/project/broken.json', '{']])
    await start({
      files,
      folders: [{ uri: 'file:///project', name: 'project' }],
      settings: () => ({ models: ['acme.json', 'broken.json', 'missing.json', { library: 7 }] }),
    })
    expect(settingsInForce()?.models).toEqual([{ library: 'acme', functions: {} }, { library: 7 }])
    expect(harness.logged).toEqual([
      expect.stringMatching(/^broken\.json: models: not valid JSON/),
      'missing.json: models: no such file',
      expect.stringMatching(/^models\[1\].*library/),
    ])
  })

  test('that the client refuses to tell are the defaults', async () => {
    await start({ settings: () => { throw new Error('not today') } })
    expect(harness.lastPublished()).toHaveLength(1)
    expect(harness.logged.join()).toContain('the client did not say its settings')
  })

  test('that a client without requests sends by itself count too', async () => {
    const { configuration: _configuration, ...workspace } = ABLE.workspace ?? {}
    await start({ capabilities: { ...ABLE, workspace } })
    await harness.client.sendNotification('workspace/didChangeConfiguration', { settings: { refleak: { confidence: 'certain' } } })
    await harness.pass(0)
    expect(settingsInForce()?.confidence).toBe('certain')
  })
})

describe('a change', () => {
  test('of pyproject.toml takes effect in open documents', async () => {
    const files = projectWith('')
    await start({ files })
    expect(harness.lastPublished()).toHaveLength(1)
    files.set(PYPROJECT, '[tool.refleak]\nignore = ["held-after-last-use"]\n')
    await harness.client.sendNotification('workspace/didChangeWatchedFiles', { changes: [{ uri: `file://${PYPROJECT}`, type: 2 }] })
    await harness.pass(0)
    expect(harness.lastPublished()).toEqual([])
  })

  test('of the editor\'s settings takes effect in open documents', async () => {
    let enable = true
    await start({ settings: () => ({ enable }) })
    enable = false
    await harness.client.sendNotification('workspace/didChangeConfiguration', { settings: null })
    await harness.pass(0)
    expect(harness.lastPublished()).toEqual([])
    expect(harness.statuses.at(-1)).toMatchObject({ state: 'silent', reasons: ['switched off by the setting refleak.enable'] })
  })

  test('while the answer to the one before is on its way: the last one counts', async () => {
    const answers: ((settings: unknown) => void)[] = []
    harness = new Harness({ settings: () => new Promise((done) => answers.push(done)) })
    await harness.initialize()
    await harness.open(HELD)
    await harness.settle()
    await harness.client.sendNotification('workspace/didChangeConfiguration', { settings: null })
    await harness.settle()
    answers[1]?.({ minimumSize: 2 })
    await harness.settle()
    answers[0]?.({ minimumSize: 1 })
    await harness.settle()
    expect(settingsInForce()?.minimumSize).toBe(2)
  })
})

describe('exclude', () => {
  test('in pyproject.toml is relative to its folder', async () => {
    const files = projectWith('[tool.refleak]\nexclude = ["/generated/"]\n')
    await start({ files }, 'file:///project/generated/a.py')
    expect(harness.lastPublished('file:///project/generated/a.py')).toEqual([])
    expect(harness.statuses.at(-1)).toMatchObject({ state: 'silent', reasons: ['excluded by the settings'] })
    expect(await harness.hover({ line: 0, character: 5 }, 'file:///project/generated/a.py')).toBeNull()
    await harness.open(HELD)
    await harness.pass(0)
    expect(harness.lastPublished()).toHaveLength(1)
  })

  test('in the editor is relative to the workspace folder', async () => {
    const folders = [{ uri: 'file:///project', name: 'project' }]
    await start({ folders, settings: () => ({ exclude: ['example.py'] }) })
    expect(harness.lastPublished()).toEqual([])
  })
})

test('a document that is no file of this machine is analysed with the editor\'s settings', async () => {
  await start({ settings: () => ({ confidence: 'certain' }) }, 'vscode-vfs://host/project/a.py')
  expect(harness.lastPublished('vscode-vfs://host/project/a.py')).toHaveLength(1)
  expect(settingsInForce()?.confidence).toBe('certain')
})
