/** The library models that come with the program. The data are checked against `schema.json` by tests and by the build. */
import type { LibrarySource } from './catalogue.ts'
import type { Library } from './model.ts'
import roots from './roots.json' with { type: 'json' }
import aiohttp from './data/aiohttp.json' with { type: 'json' }
import anndata from './data/anndata.json' with { type: 'json' }
import astropy from './data/astropy.json' with { type: 'json' }
import audio from './data/audio.json' with { type: 'json' }
import beautifulsoup from './data/beautifulsoup.json' with { type: 'json' }
import biopython from './data/biopython.json' with { type: 'json' }
import boto3 from './data/boto3.json' with { type: 'json' }
import builtins from './data/builtins.json' with { type: 'json' }
import catboost from './data/catboost.json' with { type: 'json' }
import compression from './data/compression.json' with { type: 'json' }
import dask from './data/dask.json' with { type: 'json' }
import databases from './data/databases.json' with { type: 'json' }
import dbApi from './data/db-api.json' with { type: 'json' }
import diffusers from './data/diffusers.json' with { type: 'json' }
import django from './data/django.json' with { type: 'json' }
import dropIns from './data/drop-ins.json' with { type: 'json' }
import einops from './data/einops.json' with { type: 'json' }
import faiss from './data/faiss.json' with { type: 'json' }
import gdal from './data/gdal.json' with { type: 'json' }
import gensim from './data/gensim.json' with { type: 'json' }
import geopandas from './data/geopandas.json' with { type: 'json' }
import h5py from './data/h5py.json' with { type: 'json' }
import healpy from './data/healpy.json' with { type: 'json' }
import httpx from './data/httpx.json' with { type: 'json' }
import imageio from './data/imageio.json' with { type: 'json' }
import iris from './data/iris.json' with { type: 'json' }
import jax from './data/jax.json' with { type: 'json' }
import joblib from './data/joblib.json' with { type: 'json' }
import lightgbm from './data/lightgbm.json' with { type: 'json' }
import lightning from './data/lightning.json' with { type: 'json' }
import loompy from './data/loompy.json' with { type: 'json' }
import lxml from './data/lxml.json' with { type: 'json' }
import matplotlib from './data/matplotlib.json' with { type: 'json' }
import molecules from './data/molecules.json' with { type: 'json' }
import mrcfile from './data/mrcfile.json' with { type: 'json' }
import netcdf4 from './data/netcdf4.json' with { type: 'json' }
import networkx from './data/networkx.json' with { type: 'json' }
import nibabel from './data/nibabel.json' with { type: 'json' }
import numpy from './data/numpy.json' with { type: 'json' }
import onnx from './data/onnx.json' with { type: 'json' }
import opencv from './data/opencv.json' with { type: 'json' }
import openpyxl from './data/openpyxl.json' with { type: 'json' }
import pandas from './data/pandas.json' with { type: 'json' }
import peft from './data/peft.json' with { type: 'json' }
import pillow from './data/pillow.json' with { type: 'json' }
import pointClouds from './data/point-clouds.json' with { type: 'json' }
import polars from './data/polars.json' with { type: 'json' }
import pyarrow from './data/pyarrow.json' with { type: 'json' }
import pydicom from './data/pydicom.json' with { type: 'json' }
import pymongo from './data/pymongo.json' with { type: 'json' }
import pysam from './data/pysam.json' with { type: 'json' }
import pyspark from './data/pyspark.json' with { type: 'json' }
import pythonConcurrency from './data/python-concurrency.json' with { type: 'json' }
import pythonData from './data/python-data.json' with { type: 'json' }
import pythonIo from './data/python-io.json' with { type: 'json' }
import pythonTools from './data/python-tools.json' with { type: 'json' }
import qt from './data/qt.json' with { type: 'json' }
import rasterio from './data/rasterio.json' with { type: 'json' }
import redis from './data/redis.json' with { type: 'json' }
import requests from './data/requests.json' with { type: 'json' }
import scikitImage from './data/scikit-image.json' with { type: 'json' }
import scikitLearn from './data/scikit-learn.json' with { type: 'json' }
import scipy from './data/scipy.json' with { type: 'json' }
import sentenceTransformers from './data/sentence-transformers.json' with { type: 'json' }
import serialisation from './data/serialisation.json' with { type: 'json' }
import simpleitk from './data/simpleitk.json' with { type: 'json' }
import spacy from './data/spacy.json' with { type: 'json' }
import speech from './data/speech.json' with { type: 'json' }
import sqlalchemy from './data/sqlalchemy.json' with { type: 'json' }
import statisticsFiles from './data/statistics-files.json' with { type: 'json' }
import tables from './data/tables.json' with { type: 'json' }
import tensorflow from './data/tensorflow.json' with { type: 'json' }
import tifffile from './data/tifffile.json' with { type: 'json' }
import timm from './data/timm.json' with { type: 'json' }
import torch from './data/torch.json' with { type: 'json' }
import torchvision from './data/torchvision.json' with { type: 'json' }
import tqdm from './data/tqdm.json' with { type: 'json' }
import transformers from './data/transformers.json' with { type: 'json' }
import trimesh from './data/trimesh.json' with { type: 'json' }
import ultralytics from './data/ultralytics.json' with { type: 'json' }
import uproot from './data/uproot.json' with { type: 'json' }
import vaex from './data/vaex.json' with { type: 'json' }
import video from './data/video.json' with { type: 'json' }
import xarray from './data/xarray.json' with { type: 'json' }
import xgboost from './data/xgboost.json' with { type: 'json' }
import zarr from './data/zarr.json' with { type: 'json' }

/** The build puts the text of each file in the place of its value: reading them all at start-up would cost 40 ms and more, and most are not needed. */
const data: Readonly<Record<keyof typeof roots, unknown>> = {
  'aiohttp.json': aiohttp,
  'anndata.json': anndata,
  'astropy.json': astropy,
  'audio.json': audio,
  'beautifulsoup.json': beautifulsoup,
  'biopython.json': biopython,
  'boto3.json': boto3,
  'builtins.json': builtins,
  'catboost.json': catboost,
  'compression.json': compression,
  'dask.json': dask,
  'databases.json': databases,
  'db-api.json': dbApi,
  'diffusers.json': diffusers,
  'django.json': django,
  'drop-ins.json': dropIns,
  'einops.json': einops,
  'faiss.json': faiss,
  'gdal.json': gdal,
  'gensim.json': gensim,
  'geopandas.json': geopandas,
  'h5py.json': h5py,
  'healpy.json': healpy,
  'httpx.json': httpx,
  'imageio.json': imageio,
  'iris.json': iris,
  'jax.json': jax,
  'joblib.json': joblib,
  'lightgbm.json': lightgbm,
  'lightning.json': lightning,
  'loompy.json': loompy,
  'lxml.json': lxml,
  'matplotlib.json': matplotlib,
  'molecules.json': molecules,
  'mrcfile.json': mrcfile,
  'netcdf4.json': netcdf4,
  'networkx.json': networkx,
  'nibabel.json': nibabel,
  'numpy.json': numpy,
  'onnx.json': onnx,
  'opencv.json': opencv,
  'openpyxl.json': openpyxl,
  'pandas.json': pandas,
  'peft.json': peft,
  'pillow.json': pillow,
  'point-clouds.json': pointClouds,
  'polars.json': polars,
  'pyarrow.json': pyarrow,
  'pydicom.json': pydicom,
  'pymongo.json': pymongo,
  'pysam.json': pysam,
  'pyspark.json': pyspark,
  'python-concurrency.json': pythonConcurrency,
  'python-data.json': pythonData,
  'python-io.json': pythonIo,
  'python-tools.json': pythonTools,
  'qt.json': qt,
  'rasterio.json': rasterio,
  'redis.json': redis,
  'requests.json': requests,
  'scikit-image.json': scikitImage,
  'scikit-learn.json': scikitLearn,
  'scipy.json': scipy,
  'sentence-transformers.json': sentenceTransformers,
  'serialisation.json': serialisation,
  'simpleitk.json': simpleitk,
  'spacy.json': spacy,
  'speech.json': speech,
  'sqlalchemy.json': sqlalchemy,
  'statistics-files.json': statisticsFiles,
  'tables.json': tables,
  'tensorflow.json': tensorflow,
  'tifffile.json': tifffile,
  'timm.json': timm,
  'torch.json': torch,
  'torchvision.json': torchvision,
  'tqdm.json': tqdm,
  'transformers.json': transformers,
  'trimesh.json': trimesh,
  'ultralytics.json': ultralytics,
  'uproot.json': uproot,
  'vaex.json': vaex,
  'video.json': video,
  'xarray.json': xarray,
  'xgboost.json': xgboost,
  'zarr.json': zarr,
}

export const builtinLibraries: readonly LibrarySource[] = Object.entries(data).map(([file, content]) => ({
  roots: roots[file as keyof typeof roots],
  load: () => (typeof content === 'string' ? JSON.parse(content) : content) as Library,
}))
