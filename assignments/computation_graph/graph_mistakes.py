"""Mistakes on computation graphs, each a wrong version of steps of the reference."""

from grader.assignment import Mistake
from reference import graph as engine
from reference.activations import sigmoid, sigmoid_derivative

# Forward

SUBTRACT_SWAPPED = Mistake(
    "subtract-swapped",
    "Your subtraction takes the first parent from the second.",
    'What should ("subtract", ["y", "t"]) compute: y - t or t - y?',
    {engine.subtract: lambda x, y: y - x},
)

HALF_OF_SQUARE = Mistake(
    "half-of-square",
    'Your "half" is u²/2; it should only halve, the square being a node of its own.',
    "What is the half of 6?",
    {engine.half: lambda x: x**2 / 2},
)

SQUARE_DOUBLES = Mistake(
    "square-doubles",
    'Your "square" is 2u instead of u².',
    "What is the square of 3?",
    {engine.square: lambda x: 2 * x},
)

SIGMOID_SIGN = Mistake(
    "sigmoid-falls",
    "Your sigmoid falls where it should rise: it has e^u instead of e^(-u).",
    "Should the sigmoid of a large positive number be near 0 or near 1?",
    {engine.logistic: lambda x: float(sigmoid(-x))},
)

LOG_BASE_10 = Mistake(
    "log-base-10",
    "Your logarithm has base 10; here it is the natural one.",
    "What does your log give for e?",
    {engine.logarithm: lambda x: engine.logarithm(x) / engine.logarithm(10.0)},
)

LOG_BASE_2 = Mistake(
    "log-base-2",
    "Your logarithm has base 2; here it is the natural one.",
    "What does your log give for e?",
    {engine.logarithm: lambda x: engine.logarithm(x) / engine.logarithm(2.0)},
)


def computed_alone(signals, graph):
    return {node: signals[node] for node in signals if graph[node][0] != "input"}


INPUTS_LEFT_OUT = Mistake(
    "inputs-left-out",
    "Your dict holds the nodes that are computed, but not the inputs.",
    "How many nodes has the graph, and how many entries has your dict?",
    {engine.forward_values: lambda graph, inputs: computed_alone(engine.forward_values(graph, inputs), graph)},
)

# Backward


def last_child_alone(graph, inputs):
    """Each node asks its children, in the order of the dict, and keeps the last message."""
    value = engine.forward_values(graph, inputs)
    signal = {engine.output_node(graph): 1.0}
    for node in reversed(engine.topological_order(engine.parents_of(graph))):
        for child, (operation, parents) in graph.items():
            if node in parents:
                partials = engine.local_derivatives(operation, parents, value)
                signal[node] = engine.message(signal[child], partials[parents.index(node)])
    return signal


def inputs_without_signal(graph, inputs):
    return computed_alone(engine.error_signals(graph, inputs), graph)


def started_from_value(graph, inputs):
    output = engine.forward_values(graph, inputs)[engine.output_node(graph)]
    return {node: output * signal for node, signal in engine.error_signals(graph, inputs).items()}


FAN_OUT_OVERWRITTEN = Mistake(
    "fan-out-overwritten",
    "A node with several children keeps only one of their messages: a later message replaces the earlier ones.",
    "In f = y + e^(xy), on how many paths does y reach f?",
    {engine.gather: lambda signal, incoming: incoming},
)

FAN_OUT_LAST_CHILD = Mistake(
    "fan-out-last-child",
    "A node with several children listens only to the last of them.",
    "In f = y + e^(xy), on how many paths does y reach f?",
    {engine.error_signals: last_child_alone},
)

MESSAGE_WITHOUT_SIGNAL = Mistake(
    "message-without-signal",
    "Your nodes pass on their local derivative alone; their own error signal is missing in the message.",
    "In L = ½(y - t)² with y = 2x: what does x have to know besides dy/dx?",
    {engine.message: lambda signal, partial: partial},
)

OWN_FACTOR = Mistake(
    "product-with-own-factor",
    "In a product u·v your message to u holds u; the derivative with respect to u is v.",
    "If u grows by 1, by how much does u·v grow?",
    {engine.multiply_partials: lambda x, y: (x, y)},
)

MINUS_FORGOTTEN = Mistake(
    "subtract-without-minus",
    "In a difference u - v your message to v lacks its minus.",
    "If v grows, does u - v grow or shrink?",
    {engine.subtract_partials: lambda x, y: (1.0, 1.0)},
)

SIGMOID_AT_VALUE = Mistake(
    "sigmoid'-at-its-value",
    "Your derivative of the sigmoid is taken at the node's own value, to which the sigmoid has been applied already.",
    "σ'(u) = σ(u)(1 - σ(u)): which of these numbers is the value of the node?",
    {engine.logistic_partials: lambda x: (float(sigmoid_derivative(sigmoid(x))),)},
)

SIGMOID_FOR_SLOPE = Mistake(
    "sigmoid-for-sigmoid'",
    "Your local derivative of the sigmoid is σ(u) itself.",
    "How steep is the sigmoid where its value is near 1?",
    {engine.logistic_partials: lambda x: (float(sigmoid(x)),)},
)

SQUARE_WITHOUT_2 = Mistake(
    "square-without-2",
    "Your local derivative of u² is u; a factor is missing.",
    "By how much does u² grow between 3 and 3.01?",
    {engine.square_partials: lambda x: (x,)},
)

HALF_FORGOTTEN = Mistake(
    "half-forgotten",
    'Your "half" passes its error signal on unchanged.',
    "If u grows by 1, by how much does u/2 grow?",
    {engine.half_partials: lambda x: (1.0,)},
)

EXP_FORGOTTEN = Mistake(
    "exp-forgotten",
    'Your "exp" passes its error signal on unchanged.',
    "What is the derivative of e^u?",
    {engine.exponential_partials: lambda x: (1.0,)},
)

AT_OWN_VALUE = Mistake(
    "derivatives-at-own-value",
    "Your local derivatives of square and log are taken at the node's own value instead of its parent's.",
    "For s = d² the local derivative is 2d. Which node's value is d?",
    {
        engine.square_partials: lambda x: (2 * x**2,),
        engine.logarithm_partials: lambda x: (1 / engine.logarithm(x),),
    },
)

STARTS_FROM_VALUE = Mistake(
    "starts-from-L",
    "Your output's error signal is its value; it should be the derivative of the output with respect to itself.",
    "If L grows by 1, by how much does L grow?",
    {engine.error_signals: started_from_value},
)

NO_SIGNAL_FOR_INPUTS = Mistake(
    "inputs-left-out",
    "Your dict holds the nodes that are computed, but not the inputs, whose signals are those that learning needs.",
    "Which nodes are the weights of the model?",
    {engine.error_signals: inputs_without_signal},
)

FORWARD_VALUES = (
    SUBTRACT_SWAPPED,
    HALF_OF_SQUARE,
    SQUARE_DOUBLES,
    SIGMOID_SIGN,
    LOG_BASE_10,
    LOG_BASE_2,
    INPUTS_LEFT_OUT,
)
ERROR_SIGNALS = (
    FAN_OUT_OVERWRITTEN,
    FAN_OUT_LAST_CHILD,
    MESSAGE_WITHOUT_SIGNAL,
    OWN_FACTOR,
    MINUS_FORGOTTEN,
    SIGMOID_AT_VALUE,
    SIGMOID_FOR_SLOPE,
    SQUARE_WITHOUT_2,
    HALF_FORGOTTEN,
    EXP_FORGOTTEN,
    AT_OWN_VALUE,
    STARTS_FROM_VALUE,
    NO_SIGNAL_FOR_INPUTS,
)
