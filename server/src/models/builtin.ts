/** The library models that come with the program, bundled. The data are checked against `schema.json` by tests and by the build. */
import type { Library } from './model.ts'
import builtins from './data/builtins.json' with { type: 'json' }
import numpy from './data/numpy.json' with { type: 'json' }
import pandas from './data/pandas.json' with { type: 'json' }
import pythonData from './data/python-data.json' with { type: 'json' }
import pythonIo from './data/python-io.json' with { type: 'json' }
import requests from './data/requests.json' with { type: 'json' }
import torch from './data/torch.json' with { type: 'json' }

// TypeScript widens the strings of a JSON file, hence the cast.
export const builtinLibraries = [
  builtins,
  numpy,
  pandas,
  pythonData,
  pythonIo,
  requests,
  torch,
] as unknown as readonly Library[]
