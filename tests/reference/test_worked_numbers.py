"""The numbers that the lectures print, and those that they should have printed."""

import doctest

import autograd.numpy as anp
import numpy as np
import pytest
from autograd import grad

import reference
from reference import chain_rule, computation_graph, delta_rule, relu_network, vectorized
from reference.conventions import YEHOSHUA, read
from reference.graph import error_signals
from reference.linear import xor_network
from reference.network import forward
from reference.units import step_units
from tests.reference.named import swap

W1, W2, W3 = np.array([[2.0, -3.0], [2.0, 1.0]]), np.array([[2.0, 1.0], [0.0, 1.0]]), np.array([[3.0], [-2.0]])
NO_BIASES = [np.zeros(2), np.zeros(2), np.zeros(1)]


def test_relu_network_forward():
    """DSC 140B: every pre-activation and activation of the last exercise."""
    z, a, H = relu_network.evaluate([W1, W2, W3], NO_BIASES, np.array([2.0, 1.0]))
    assert [v.tolist() for v in z] == [[6, -5], [12, 6], [24]]
    assert [v.tolist() for v in a] == [[6, 0], [12, 6], [24]]
    assert H == 24


def test_relu_network_gradient():
    """DSC 140B: the entries of the gradient, biases too."""
    grad_W, grad_b = relu_network.output_gradients([W1, W2, W3], NO_BIASES, np.array([2.0, 1.0]))
    assert [g.tolist() for g in grad_W] == [[[8, 0], [4, 0]], [[18, -12], [0, 0]], [[12], [6]]]
    assert [g.tolist() for g in grad_b] == [[4, 0], [3, -2], [1]]


def test_relu_network_worked_example():
    """DSC 140B: the exercise without arguments returns these numbers."""
    H, grad_W = relu_network.worked_example()
    assert H == 24
    assert [g.tolist() for g in grad_W] == [[[8, 0], [4, 0]], [[18, -12], [0, 0]], [[12], [6]]]


def test_unit_that_is_off():
    """DSC 140B: z = -20, the ReLU is off, and no weight into it has a gradient, whatever follows."""
    W, b = [np.array([[-2.0], [-5.0], [2.0]]), np.array([[7.0]])], [np.zeros(1), np.zeros(1)]
    x = np.array([3.0, 2.0, -2.0])
    z, _, _ = relu_network.evaluate(W, b, x)
    grad_W, _ = relu_network.output_gradients(W, b, x)
    assert z[0] == -20
    assert grad_W[0].tolist() == [[0], [0], [0]]


def test_sigmoid_network_has_its_biases_first():
    """Yehoshua: the bias is the weight w0 of a constant input, so it is the first column of the first layer."""
    W, b = read(delta_rule.example_weights()[:1], [], YEHOSHUA)
    assert b[0].tolist() == [0.3, 0.7, -0.1]
    assert W[0].tolist() == [[0.5, 0], [-0.2, 0], [0, 0]]


def test_sigmoid_network_before_the_step():
    """Yehoshua: the output and all six deltas, to ten digits."""
    before, deltas, _ = delta_rule.worked_example()
    assert before == pytest.approx(0.6718458612, abs=1e-10)
    expected = [0.0011888942, -0.0108522375, -0.0049557745, -0.0409248970, -0.0496817430, -0.3281541388]
    assert deltas == pytest.approx(expected, abs=1e-10)


def test_sigmoid_network_after_the_step():
    """Yehoshua: one step with α = 0.5 leads to 0.6980763066; the article prints 0.7043."""
    assert delta_rule.worked_example()[2] == pytest.approx(0.6980763066, abs=1e-10)


def test_sigmoid_network_step_by_automatic_differentiation():
    """The same figure without any delta: autograd on the existing connections alone."""

    def output(w):
        def sigmoid(z):
            return 1 / (1 + anp.exp(-z))

        a1, a2, a3 = sigmoid(w[0] + w[1]), sigmoid(w[2] + w[3]), sigmoid(w[4])
        a4, a5 = sigmoid(w[5] * a1 + w[6] * a2), sigmoid(w[7] * a1 + w[8] * a2 + w[9] * a3)
        return sigmoid(w[10] * a4 + w[11] * a5)

    w = np.array([0.5, 0.3, -0.2, 0.7, -0.1, -0.5, 0.4, 0.3, 0.6, 0.4, 0.5, 0.7])
    w_after = w - 0.5 * grad(lambda w: -anp.log(output(w)))(w)
    assert delta_rule.worked_example()[2] == pytest.approx(output(w_after), rel=1e-14)


def weight_as_its_own_rate(w, grad, alpha):
    """Slip: w ← w - w ∂E/∂w."""
    return w - w * grad


def slope_of_the_neighbour(a):
    """Slip: in the layer of units 4 and 5, f'(z5) as a5 (1 - a4)."""
    return a * (1 - a[0]) if len(a) == 2 else a * (1 - a)


@pytest.mark.parametrize(
    ("slips", "printed"),
    [
        (
            {delta_rule.descent_step: weight_as_its_own_rate, delta_rule.sigmoid_slope: slope_of_the_neighbour},
            0.7043157,
        ),
        ({delta_rule.descent_step: weight_as_its_own_rate}, 0.7037187),
        ({delta_rule.sigmoid_slope: slope_of_the_neighbour}, 0.6987679),
    ],
)
def test_two_slips_behind_the_printed_figure(monkeypatch, slips, printed):
    """Yehoshua: 0.7043 takes both slips; each alone gives another figure."""
    for step, slip in slips.items():
        swap(monkeypatch, step, slip)
    assert delta_rule.worked_example()[2] == pytest.approx(printed, abs=5e-8)


def test_composite_derivative_by_hand():
    """ITCS 6156: at x = 1, g = 3, so (4·3 - 3)(3 + 2) = 45; at 0 it is -3 · 2."""
    assert chain_rule.composite_derivative(1.0) == 45
    assert chain_rule.composite_derivative(0.0) == -6


def test_two_path_derivative_by_hand():
    """ITCS 6156: f = 18x² - 9x(x² + 2x) + 1 = 1 - 9x³, whose derivative is -27x²."""
    assert chain_rule.two_path_derivative(2.0) == -108
    assert chain_rule.two_path_derivative(-1.0) == -27


def test_exponential_path_derivative_by_hand():
    """CSC321: at t = π, x = -1 and sin t = 0, so the second path alone is left."""
    assert chain_rule.exponential_path_derivative(0.0) == 0
    expected = (1 - np.exp(-(np.pi**2))) * 2 * np.pi
    assert chain_rule.exponential_path_derivative(np.pi) == pytest.approx(expected, rel=1e-12)


def test_two_path_example_on_the_computation_graph():
    """ITCS 6156: fan-out on the graph gives -27x², too."""
    graph = {
        "x": ("input", []),
        "one": ("input", []),
        "two": ("input", []),
        "three": ("input", []),
        "g1": ("multiply", ["three", "x"]),
        "x2": ("square", ["x"]),
        "2x": ("multiply", ["two", "x"]),
        "g2": ("add", ["x2", "2x"]),
        "g1^2": ("square", ["g1"]),
        "2g1^2": ("multiply", ["two", "g1^2"]),
        "g1g2": ("multiply", ["g1", "g2"]),
        "3g1g2": ("multiply", ["three", "g1g2"]),
        "difference": ("subtract", ["2g1^2", "3g1g2"]),
        "f": ("add", ["difference", "one"]),
    }
    assert error_signals(graph, {"x": 2.0, "one": 1.0, "two": 2.0, "three": 3.0})["x"] == -108


def test_parameters_of_the_network_on_the_slide():
    """ITCS 6156: 10-10-5-1 has 110 + 55 + 6 parameters."""
    assert vectorized.parameter_count([10, 10, 5, 1]) == 171


def test_multiply_adds_of_the_same_network():
    """CSC321: one per weight forward, two backward, biases not counted."""
    assert computation_graph.multiply_adds([10, 10, 5, 1]) == (155, 310)


def test_cost_is_linear_in_depth_and_quadratic_in_width():
    """CSC321: three times the layers cost thrice, three times the width nine times."""
    assert computation_graph.multiply_adds([7] * 4)[0] == 3 * computation_graph.multiply_adds([7] * 2)[0]
    assert computation_graph.multiply_adds([21] * 4)[0] == 9 * computation_graph.multiply_adds([7] * 4)[0]


def test_xor_at_all_corners_at_once():
    """ITCS 6156: a hidden layer of steps computes what no perceptron can."""
    corners = np.array([[0.0, 0.0, 1.0, 1.0], [0.0, 1.0, 0.0, 1.0]])
    _, h = forward(*xor_network(), corners, [step_units()] * 2)
    assert h[-1].tolist() == [[0, 1, 1, 0]]


def test_example_of_the_package():
    """The example in the package's own documentation runs and prints what it says."""
    assert doctest.testmod(reference).attempted > 5
    assert doctest.testmod(reference).failed == 0
