/** Context managers whose exit lets every exception through, by the name they are made with. Any other may swallow one. */
import type { Expr } from '../syntax/ast.ts'
import { dottedPath, lastName } from '../syntax/expressions.ts'

/** Complete dotted names. */
const CALLS: ReadonlySet<string> = new Set([
  'open', 'memoryview',
  'io.open', 'io.BytesIO', 'io.StringIO', 'codecs.open', 'os.fdopen', 'os.popen', 'os.scandir', 'mmap.mmap', 'fileinput.input',
  'gzip.open', 'gzip.GzipFile', 'bz2.open', 'bz2.BZ2File', 'lzma.open', 'lzma.LZMAFile', 'zipfile.ZipFile', 'tarfile.open', 'shelve.open', 'dbm.open',
  'tempfile.TemporaryFile', 'tempfile.NamedTemporaryFile', 'tempfile.SpooledTemporaryFile', 'tempfile.TemporaryDirectory',
  'TemporaryFile', 'NamedTemporaryFile', 'SpooledTemporaryFile', 'TemporaryDirectory',
  'threading.Lock', 'threading.RLock', 'threading.Condition', 'threading.Semaphore', 'threading.BoundedSemaphore',
  'asyncio.Lock', 'asyncio.Condition', 'asyncio.Semaphore', 'asyncio.BoundedSemaphore',
  'multiprocessing.Lock', 'multiprocessing.RLock', 'multiprocessing.Pool', 'multiprocessing.Manager', 'mp.Pool',
  'concurrent.futures.ThreadPoolExecutor', 'concurrent.futures.ProcessPoolExecutor', 'futures.ThreadPoolExecutor', 'futures.ProcessPoolExecutor',
  'ThreadPoolExecutor', 'ProcessPoolExecutor',
  'contextlib.closing', 'contextlib.nullcontext', 'contextlib.redirect_stdout', 'contextlib.redirect_stderr', 'contextlib.chdir',
  'closing', 'nullcontext', 'redirect_stdout', 'redirect_stderr',
  'warnings.catch_warnings', 'decimal.localcontext', 'localcontext', 'socket.socket', 'socket.create_connection', 'subprocess.Popen', 'Popen',
  'sqlite3.connect', 'urllib.request.urlopen', 'request.urlopen', 'urlopen', 'importlib.resources.path', 'importlib.resources.as_file',
  'selectors.DefaultSelector', 'tracemalloc.start',
  'mock.patch', 'mock.patch.object', 'mock.patch.dict', 'patch', 'patch.object', 'patch.dict', 'unittest.mock.patch',
  'np.errstate', 'numpy.errstate', 'np.printoptions', 'numpy.printoptions', 'np.load', 'numpy.load',
  'pd.option_context', 'pandas.option_context', 'pd.ExcelWriter', 'pandas.ExcelWriter', 'pd.ExcelFile', 'pandas.ExcelFile', 'pd.HDFStore', 'pandas.HDFStore',
  'torch.no_grad', 'torch.enable_grad', 'torch.inference_mode', 'torch.set_grad_enabled', 'torch.autocast', 'torch.cuda.amp.autocast', 'torch.amp.autocast',
  'torch.cuda.device', 'torch.cuda.stream', 'torch.device', 'torch.random.fork_rng', 'torch.autograd.set_detect_anomaly',
  'tf.GradientTape', 'tf.device', 'tf.name_scope', 'tf.Graph', 'tf.Session', 'tf.compat.v1.Session', 'jax.default_device',
  'h5py.File', 'netCDF4.Dataset', 'rasterio.open', 'xr.open_dataset', 'xarray.open_dataset', 'Image.open', 'PIL.Image.open',
  'requests.get', 'requests.post', 'requests.Session', 'requests.session', 'httpx.Client', 'httpx.AsyncClient', 'aiohttp.ClientSession',
  'tqdm', 'tqdm.tqdm',
])

/** Last parts of names that hold locks. */
const LOCK = /(?:lock|mutex|condition|semaphore|sem|cond|cv)$/i

/** Methods that return files. */
const FILE_METHODS: ReadonlySet<string> = new Set(['open'])

/** Managers made to end exceptions, by the last part of their name. */
const SWALLOWING: ReadonlySet<string> = new Set([
  'suppress', 'raises', 'assertRaises', 'assertRaisesRegex', 'assertRaisesMessage', 'ExitStack', 'AsyncExitStack', 'ignored', 'ignoring', 'timeout', 'move_on_after',
  'move_on_at', 'fail_after', 'subTest',
])

/** What leaving the context does to an exception: lets it through, may end it, or nothing is known. */
export function exitOf(context: Expr): 'passes-on' | 'may-swallow' | 'unknown' {
  const func = context.kind === 'Call' ? context.func : context
  if (SWALLOWING.has(lastName(func) ?? '')) return 'may-swallow'
  if (context.kind !== 'Call') return LOCK.test(lastName(context) ?? '') ? 'passes-on' : 'unknown'
  const name = dottedPath(context.func)
  if (name !== null && CALLS.has(name)) return 'passes-on'
  return FILE_METHODS.has(lastName(context.func) ?? '') ? 'passes-on' : 'unknown'
}
