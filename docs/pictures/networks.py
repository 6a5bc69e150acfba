"""Pictures of networks and graphs, with what goes forwards in blue and what comes back in red and dashed."""

from __future__ import annotations

from svg import Picture, Point

from reference import graph


def node_with_its_neighbours() -> Picture:
    """The node j of DSC 140B, with i before and k behind it."""
    picture = Picture(
        700,
        270,
        "Node j of layer l, between node i of layer l-1 and the nodes k of layer l+1",
        "Node i sends its activation a_i along the weight W_ij, which leads from i to j. Node j adds its bias b_j"
        " and receives z_j; it sends a_j = g(z_j) along the weights W_jk to every node k of the next layer. "
        "Backwards, each node k returns dH/dz_k along the same weight.",
    )
    left, (jx, jy), right = 90, (330, 140), 590
    for x, text in ((left, "layer ℓ − 1"), (jx + 10, "layer ℓ"), (right, "layer ℓ + 1")):
        picture.words((x, 26), text, 13, kind="tfaint")
    for y, name in ((70, "1"), (140, "i"), (210, "")):
        main = name == "i"
        picture.arrow((left + 24, y), (jx - 62, jy + (y - jy) * 0.12), "go" if main else "faint", 2 if main else 1.2)
        picture.circle((left, y), 23)
        picture.math((left, y + 5), f"a_{name}" if name else "…", 15)
    picture.math((205, 130), "W_{ij}", 17, kind="tgo")
    picture.box((jx - 60, jy - 26), (140, 52))
    picture.line([(jx + 10, jy - 26), (jx + 10, jy + 26)], "faint", 1)
    picture.math((jx - 25, jy + 5), "z_j", 17)
    picture.math((jx + 45, jy + 5), "a_j = g(z_j)", 13)
    picture.arrow((jx - 25, jy + 84), (jx - 25, jy + 28), "go", 1.5)
    picture.math((jx - 25, jy + 102), "b_j", 15, kind="tgo")
    for y, name in ((70, "1"), (140, "k"), (210, "")):
        main = name == "k"
        start, end = (jx + 82, jy + (y - jy) * 0.12), (right - 25, y)
        picture.arrow(start, end, "go" if main else "faint", 2 if main else 1.2)
        picture.circle((right, y), 23)
        picture.math((right, y + 5), f"z_{name}" if name else "…", 15)
    picture.math((488, 131), "W_{jk}", 17, kind="tgo")
    picture.curved((right - 18, 157), (500, 186), (jx + 66, jy + 28), "back", dashed=True)
    picture.math((425, 222), "∂H/∂z_k · W_{jk}", 15, kind="tback")
    return picture


def deltas_forwards_and_backwards() -> Picture:
    """Activations go forwards, deltas come back along the same weights."""
    picture = Picture(
        700,
        290,
        "How activations go forwards and deltas come back",
        "Neuron i of layer l sends its activation a_i along the weights w_1i, w_2i and w_3i to the neurons 1, 2 "
        "and 3 of layer l+1. On the way back each neuron j sends its delta, times the same weight w_ji; neuron i "
        "adds these up and multiplies by its own slope: delta_i = f'(z_i) times the sum over j of w_ji delta_j.",
    )
    here, there = (200, 145), 500
    picture.words((here[0], 28), "layer l", 13, kind="tfaint")
    picture.words((there, 28), "layer l + 1", 13, kind="tfaint")
    picture.arrow((60, here[1]), (here[0] - 32, here[1]), "go")
    for j, y in enumerate((70, 145, 220), start=1):
        picture.arrow((here[0] + 30, here[1] - 5 + 0.2 * (y - 145)), (there - 30, y - 6), "go", 1.8)
        back = (there - 29, y + 7), (here[0] + 30, here[1] + 7 + 0.22 * (y - 145))
        picture.arrow(*back, "back", 1.5, dashed=True)
        picture.math((400, (70, 128, 181)[j - 1]), f"w_{{{j}i}}", 15, kind="tgo")
        picture.circle((there, y), 28)
        picture.math((there, y + 5), f"{j}", 16)
        picture.math((there + 42, y + 5), f"δ_{j}", 17, "start", "tback")
    picture.circle(here, 30)
    picture.math((here[0], here[1] + 5), "i", 17)
    picture.math((here[0], here[1] - 42), "a_i = f(z_i)", 16, kind="tgo")
    picture.math((here[0] - 6, here[1] + 56), "δ_i = f′(z_i) · Σ_j w_{ji} δ_j", 16, kind="tback")
    picture.arrow((240, 268), (290, 268), "go")
    picture.words((300, 272), "forwards", 12, "start")
    picture.arrow((450, 268), (400, 268), "back", dashed=True)
    picture.words((460, 272), "backwards", 12, "start")
    return picture


def layers_and_gradients() -> Picture:
    """The whole classifier as a chain, and the gradients that come back along it."""
    picture = Picture(
        760,
        210,
        "A network of three layers, forwards and backwards",
        "Forwards: x, then a1 and h1, a2 and h2, a3 and y-hat, and the loss. Backwards, from the loss to the "
        "input side: the gradients with respect to a3, h2, a2, h1 and a1. At each pre-activation a_k the "
        "gradients of W_k and b_k are read off: the gradient of a_k times the transpose of h_(k-1), and the "
        "gradient of a_k itself.",
    )
    chain = ["x", "a_1", "h_1", "a_2", "h_2", "a_3", "ŷ", "ℒ"]
    links = ["W_1, b_1", "g", "W_2, b_2", "g", "W_3, b_3", "softmax", "−ln ŷ_ℓ"]
    xs = [50 + 94 * i for i in range(8)]
    for i, name in enumerate(chain):
        picture.circle((xs[i], 80), 22)
        picture.math((xs[i], 85), name, 17)
    for i, name in enumerate(links):
        picture.arrow((xs[i] + 23, 76), (xs[i + 1] - 23, 76), "go", 1.8)
        picture.math(((xs[i] + xs[i + 1]) / 2, 50 if i % 2 == 0 else 34), name, 13, kind="tgo")
    picture.curved((xs[7] - 8, 103), ((xs[5] + xs[7]) / 2, 150), (xs[5] + 6, 104), "back", dashed=True)
    picture.math(((xs[5] + xs[7]) / 2, 148), "∇a_3 = −(e(ℓ) − ŷ)", 14, kind="tback")
    for i in (5, 4, 3, 2):
        picture.curved((xs[i] - 6, 103), ((xs[i] + xs[i - 1]) / 2, 128), (xs[i - 1] + 6, 104), "back", dashed=True)
    for i, text in ((4.5, "W_3^T"), (3.5, "⊙ g′"), (2.5, "W_2^T"), (1.5, "⊙ g′")):
        picture.math((50 + 94 * i, 140), text, 14, kind="tback")
    for k in (1, 2, 3):
        picture.math(
            (xs[2 * k - 1], 184), f"∇W_{k} = ∇a_{k} h_{k - 1}^T" if k > 1 else "∇W_1 = ∇a_1 x^T", 13, kind="tback"
        )
    return picture


def computation_graph_with_error_signals() -> Picture:
    """Regularised logistic least squares, with the value and the error signal of every node."""
    places: dict[str, Point] = {
        "x": (60, 220),
        "w": (60, 100),
        "wx": (165, 165),
        "b": (165, 255),
        "z": (265, 165),
        "y": (365, 165),
        "t": (365, 255),
        "y−t": (465, 165),
        "square": (560, 165),
        "L": (650, 165),
        "w²": (165, 45),
        "R": (330, 45),
        "λ": (465, 85),
        "λR": (600, 45),
        "L_reg": (745, 105),
    }
    steps = {
        "wx": ("multiply", ["w", "x"]),
        "z": ("add", ["wx", "b"]),
        "y": ("sigmoid", ["z"]),
        "y−t": ("subtract", ["y", "t"]),
        "square": ("square", ["y−t"]),
        "L": ("half", ["square"]),
        "w²": ("square", ["w"]),
        "R": ("half", ["w²"]),
        "λR": ("multiply", ["λ", "R"]),
        "L_reg": ("add", ["L", "λR"]),
    }
    inputs = {"w": 1.0, "x": 2.0, "b": -2.0, "t": 1.0, "λ": 0.5}
    whole = steps | {name: ("input", list[str]()) for name in inputs}
    value, signal = graph.forward_values(whole, inputs), graph.error_signals(whole, inputs)
    told = "; ".join(f"{name} = {value[name]:g}, error signal {signal[name]:g}" for name in places)
    picture = Picture(
        800,
        300,
        "The computation graph of regularised logistic least squares, with the error signal of every node",
        f"Each node has its value above and, in red, its error signal below. {told}. The weight w has two "
        "children, wx and w squared, and its error signal is the sum of their two messages.",
    )
    for child, (_, parents) in steps.items():
        for parent in parents:
            picture.arrow(*_between(places[parent], places[child], 20), "go", 1.5)
    for name, (x, y) in places.items():
        picture.circle((x, y), 19)
        picture.math((x, y + 5), {"square": "(·)²", "L_reg": "L_{reg}"}.get(name, name), 13)
        picture.math((x, y - 24), f"{value[name]:g}", 12, kind="tgo")
        picture.math((x, y + 34), f"{signal[name]:g}", 12, kind="tback")
    picture.words((540, 262), "value above", 12, "start", "tgo")
    picture.words((630, 262), "error signal below", 12, "start", "tback")
    return picture


def _between(start: Point, end: Point, radius: float) -> tuple[Point, Point]:
    """The same two points, each moved off its circle."""
    (x, y), (u, v) = start, end
    length = ((u - x) ** 2 + (v - y) ** 2) ** 0.5
    dx, dy = (u - x) / length * radius, (v - y) / length * radius
    return (x + dx, y + dy), (u - dx, v - dy)


def two_paths() -> Picture:
    """One variable that reaches the result along two paths."""
    picture = Picture(
        560,
        230,
        "Two paths from x to f",
        "x leads to g1 and to g2, and both lead to f. Along the upper path the factors are dg1/dx and the partial"
        " derivative of f by g1, along the lower one dg2/dx and that of f by g2. Factors along a path multiply, "
        "paths add.",
    )
    x, g1, g2, f = (70, 115), (280, 55), (280, 175), (490, 115)
    for start, end, text, at in (
        (x, g1, "dg_1/dx", (165, 64)),
        (x, g2, "dg_2/dx", (165, 178)),
        (g1, f, "∂f/∂g_1", (395, 64)),
        (g2, f, "∂f/∂g_2", (395, 178)),
    ):
        picture.arrow(*_between(start, end, 25), "go", 1.8)
        picture.math(at, text, 16, kind="tback")
    for at, name in ((x, "x"), (g1, "g_1"), (g2, "g_2"), (f, "f")):
        picture.circle(at, 24)
        picture.math((at[0], at[1] + 6), name, 18)
    picture.words((280, 120), "multiply along a path, add the paths", 12, kind="tfaint")
    return picture


def deep_and_thin() -> Picture:
    """One logistic unit a layer, and the factor that each layer puts on the way back."""
    picture = Picture(
        700,
        170,
        "A deep and thin network",
        "x goes through L layers of one logistic unit each, with the weights w1, w2 up to wL, to y-hat and the "
        "loss. On the way back each layer multiplies by its weight and by its slope, which is at most a quarter.",
    )
    names = ["x", "h_1", "h_2", "…", "h_L = ŷ", "ℒ"]
    xs = [60, 190, 320, 430, 540, 650]
    for i, name in enumerate(names):
        if name != "…":
            picture.circle((xs[i], 70), 26 if i != 4 else 32)
        picture.math((xs[i], 75), name, 16)
    for i, weight in enumerate(["w_1", "w_2", "", "w_L", ""]):
        ends = [26 if k not in (3, 4) else (14 if k == 3 else 32) for k in (i, i + 1)]
        picture.arrow((xs[i] + ends[0], 66), (xs[i + 1] - ends[1], 66), "go", 1.8)
        picture.math(((xs[i] + xs[i + 1]) / 2, 54), weight, 15, kind="tgo")
        if i > 0:
            picture.arrow((xs[i + 1] - ends[1], 78), (xs[i] + ends[0], 78), "back", 1.5, dashed=True)
    for x, text in ((255, "σ′(a_2) w_2"), (485, "σ′(a_L) w_L"), (600, "ŷ − y")):
        picture.math((x, 120), text, 14, kind="tback")
    picture.math((125, 120), "∂ℒ/∂w_1 = … σ′(a_1) x", 14, kind="tback")
    picture.words((350, 152), "σ′ ≤ ¼: with weights below 4, each layer shrinks what comes back", 12, kind="tfaint")
    return picture


def the_articles_network() -> Picture:
    """The six sigmoid neurons of the worked example, with the weights that the article's picture had."""
    picture = Picture(
        700,
        330,
        "The network of the worked example",
        "Inputs: the constant 1 and x1 = 1. Neuron 1 has the weights 0.3 from the constant and 0.5 from x1, "
        "neuron 2 has 0.7 and -0.2, neuron 3 has -0.1 from the constant alone. Neuron 4 has -0.5 from neuron 1 "
        "and 0.4 from 2; neuron 5 has 0.3 from 1, 0.6 from 2 and 0.4 from 3. Neuron 6, the output, has 0.5 from 4"
        " and 0.7 from 5.",
    )
    at: dict[str, Point] = {
        "1": (80, 235),
        "x_1": (80, 90),
        "n1": (260, 60),
        "n2": (260, 165),
        "n3": (260, 270),
        "n4": (440, 100),
        "n5": (440, 215),
        "n6": (600, 157),
    }
    weights = [
        ("1", "n1", "0.3", 0.72),
        ("x_1", "n1", "0.5", 0.5),
        ("1", "n2", "0.7", 0.66),
        ("x_1", "n2", "−0.2", 0.3),
        ("1", "n3", "−0.1", 0.5),
        ("n1", "n4", "−0.5", 0.5),
        ("n2", "n4", "0.4", 0.3),
        ("n1", "n5", "0.3", 0.74),
        ("n2", "n5", "0.6", 0.4),
        ("n3", "n5", "0.4", 0.5),
        ("n4", "n6", "0.5", 0.5),
        ("n5", "n6", "0.7", 0.5),
    ]
    for start, end, weight, along in weights:
        (x, y), (u, v) = _between(at[start], at[end], 25)
        picture.arrow((x, y), (u, v), "go", 1.4)
        picture.math((x + along * (u - x), y + along * (v - y) - 7), weight, 14, kind="tgo")
    for name, place in at.items():
        picture.circle(place, 24)
        picture.math((place[0], place[1] + 5), name.removeprefix("n"), 16)
    picture.words((80, 45), "inputs", 12, kind="tfaint")
    picture.arrow((625, 157), (676, 157), "go", 1.4)
    picture.math((660, 147), "o", 15, kind="tgo")
    return picture
