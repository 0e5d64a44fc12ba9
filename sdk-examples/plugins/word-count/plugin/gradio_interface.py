"""A page that counts the words of a text.

PLUGIN_PARAMS may hold "top", how many words to show (10 by default), and "ignore", a list of words not to count.
"""

import collections
import json
import os
import re

import gradio
import pandas

PARAMS = json.loads(os.environ.get("PLUGIN_PARAMS") or "{}")
TOP = PARAMS.get("top", 10)
IGNORED = {word.lower() for word in PARAMS.get("ignore", [])}
EXAMPLE = (
    "Row, row, row your boat, gently down the stream. "
    "Merrily, merrily, merrily, merrily, life is but a dream."
)


def count(text):
    """The most frequent words and how often each is there; of equals, the one that comes first."""
    words = (word for word in re.findall(r"\w+", text.lower()) if word not in IGNORED)
    return collections.Counter(words).most_common(TOP)


def chart(text):
    """The same, as the page draws it."""
    return pandas.DataFrame(count(text), columns=["word", "times"])


with gradio.Blocks(title="Word count") as app:
    gradio.Markdown(f"# Word count\nThe {TOP} most frequent words; not counted: {', '.join(sorted(IGNORED)) or 'none'}.")
    text = gradio.Textbox(EXAMPLE, label="Text", lines=3)
    button = gradio.Button("Count", variant="primary")
    with gradio.Row():
        table = gradio.Dataframe(headers=["word", "times"], label="Words", interactive=False)
        plot = gradio.BarPlot(x="word", y="times", y_lim=[0, None], sort="-y", label="Times", height=240)
    button.click(count, text, table, api_name="count")
    gradio.on([app.load, button.click], chart, text, plot, api_name=False)
    app.load(count, text, table, api_name=False)

app.launch()
