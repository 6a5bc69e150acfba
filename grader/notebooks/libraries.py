"""What is known of functions and methods that are not the notebook's own: whether they change what they are given.

These lists only spare work. What stands in none of them is taken to change whatever it can reach; but NumPy's functions
are taken not to, unless they are listed.
"""


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


COMPUTES = _words("""
    math cmath statistics time datetime re string textwrap json pickle warnings typing pprint tqdm timeit
    matplotlib pylab mpl_toolkits seaborn plotly bokeh altair IPython ipywidgets
""")
"""Modules whose functions change nothing that they are given and keep none of it, or only draw it."""
HOLDS = _words("""
    copy itertools functools collections fractions numbers dataclasses enum types abc contextlib
    pandas scipy sklearn torch torchvision tensorflow keras jax numba sympy networkx autograd skimage cv2 PIL h5py
""")
"""Modules whose functions change nothing that they are given; what they return may hold it."""
OUTSIDE = _words("os shutil subprocess urllib requests wget gdown google nltk pip socket pathlib glob zipfile tarfile")
"""Modules whose functions act on something else than values: files, other programs, the network."""
STATELESS = COMPUTES | HOLDS | OUTSIDE | {"numpy", "random", "__future__"}
"""Modules without settings that a function's result could depend on; the random state is looked after elsewhere."""

HOLDING_BUILTINS = _words("list tuple dict set frozenset iter reversed zip enumerate map filter sorted slice")
PART_BUILTINS = _words("min max getattr memoryview")

CHANGES_FIRST = _words("fill_diagonal put put_along_axis place putmask copyto shuffle at")
"""Functions of NumPy and `random` that change their first argument."""
VIEWS = _words("""
    array asarray asanyarray ascontiguousarray asfortranarray asarray_chkfinite require asmatrix matrix mat nan_to_num
    ravel reshape transpose permute_dims matrix_transpose swapaxes moveaxis rollaxis squeeze expand_dims real imag
    atleast_1d atleast_2d atleast_3d broadcast_to broadcast_arrays split array_split hsplit vsplit dsplit unstack
    diagonal diag real_if_close flip flipud fliplr rot90 nditer ndenumerate frombuffer astype trim_zeros meshgrid
    einsum matrix_power as_strided sliding_window_view memmap ix_ vectorize frompyfunc iterable from_dlpack
""")
"""Functions of NumPy that may return what they are given, or a view of it."""
_ONE_ARRAY = _words("""
    exp exp2 expm1 log log2 log10 log1p sqrt cbrt square reciprocal negative positive absolute abs fabs sign signbit
    sin cos tan sinh cosh tanh arcsin arccos arctan arcsinh arccosh arctanh asin acos atan asinh acosh atanh
    floor ceil trunc rint conj conjugate logical_not invert bitwise_not bitwise_invert bitwise_count
    isnan isinf isfinite isnat deg2rad rad2deg degrees radians spacing frexp modf fix isposinf isneginf
""")
_TWO_ARRAYS = _words("""
    add subtract multiply divide true_divide floor_divide power pow float_power remainder mod fmod divmod
    maximum minimum fmax fmin dot matmul vecdot matvec vecmat outer logaddexp logaddexp2 hypot arctan2 atan2 copysign
    nextafter heaviside ldexp gcd lcm greater greater_equal less less_equal equal not_equal
    logical_and logical_or logical_xor bitwise_and bitwise_or bitwise_xor bitwise_left_shift bitwise_right_shift
    left_shift right_shift round around
""")
_OTHER_POSITIONS = {
    "choose": 2,
    "clip": 3,
    "take": 3,
    "sum": 3,
    "mean": 3,
    "cumsum": 3,
    "cumprod": 3,
    "argmax": 2,
    "median": 2,
    "nanmedian": 2,
}


def result_position(function: str) -> int:
    """The position from which on a function of NumPy takes arrays for its results; 0 if it takes none."""
    return 1 if function in _ONE_ARRAY else 2 if function in _TWO_ARRAYS else _OTHER_POSITIONS.get(function, 0)


CHANGES_CONTAINER = _words("""
    append extend insert remove pop popitem clear sort reverse update add discard setdefault
    appendleft extendleft popleft rotate subtract move_to_end difference_update intersection_update
    symmetric_difference_update fill resize put partition itemset setflags setfield byteswap
""")
"""Methods that change the object itself, and not what it holds."""
COPIES = _words("""
    copy astype tolist item tobytes tostring sum mean std var prod min max argmin argmax argsort argpartition cumsum
    cumprod ptp any all round clip dot trace nonzero repeat searchsorted choose compress count index
    union intersection difference symmetric_difference issubset issuperset isdisjoint most_common total elements
    bit_length bit_count is_integer as_integer_ratio hex fromkeys
    join split rsplit splitlines strip lstrip rstrip lower upper title capitalize casefold swapcase startswith endswith
    replace format format_map find rfind rindex zfill center ljust rjust encode decode translate removeprefix
    removesuffix expandtabs isdigit isalpha isalnum isspace islower isupper isnumeric isdecimal isidentifier istitle
""")
"""Methods that change nothing, and return something new."""
READS = _words(
    "reshape ravel flatten transpose squeeze swapaxes view diagonal conj conjugate take get keys values items"
)
"""Methods that change nothing, and may return a part or a view of the object."""
