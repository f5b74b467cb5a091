/** The library models that come with the program, bundled. The data are checked against `schema.json` by tests and by the build. */
import type { Library } from './model.ts'
import astropy from './data/astropy.json' with { type: 'json' }
import audio from './data/audio.json' with { type: 'json' }
import builtins from './data/builtins.json' with { type: 'json' }
import dask from './data/dask.json' with { type: 'json' }
import geopandas from './data/geopandas.json' with { type: 'json' }
import h5py from './data/h5py.json' with { type: 'json' }
import netcdf4 from './data/netcdf4.json' with { type: 'json' }
import nibabel from './data/nibabel.json' with { type: 'json' }
import numpy from './data/numpy.json' with { type: 'json' }
import openpyxl from './data/openpyxl.json' with { type: 'json' }
import pandas from './data/pandas.json' with { type: 'json' }
import pythonConcurrency from './data/python-concurrency.json' with { type: 'json' }
import pythonData from './data/python-data.json' with { type: 'json' }
import pythonIo from './data/python-io.json' with { type: 'json' }
import pythonTools from './data/python-tools.json' with { type: 'json' }
import rasterio from './data/rasterio.json' with { type: 'json' }
import requests from './data/requests.json' with { type: 'json' }
import scikitLearn from './data/scikit-learn.json' with { type: 'json' }
import scipy from './data/scipy.json' with { type: 'json' }
import tables from './data/tables.json' with { type: 'json' }
import torch from './data/torch.json' with { type: 'json' }
import xarray from './data/xarray.json' with { type: 'json' }
import zarr from './data/zarr.json' with { type: 'json' }

// TypeScript widens the strings of a JSON file, hence the cast.
export const builtinLibraries = [
  astropy,
  audio,
  builtins,
  dask,
  geopandas,
  h5py,
  netcdf4,
  nibabel,
  numpy,
  openpyxl,
  pandas,
  pythonConcurrency,
  pythonData,
  pythonIo,
  pythonTools,
  rasterio,
  requests,
  scikitLearn,
  scipy,
  tables,
  torch,
  xarray,
  zarr,
] as unknown as readonly Library[]
