"""Serve applications for tests: small enough for two CPUs."""
from ray import serve


@serve.deployment(ray_actor_options={"num_cpus": 0.1})
class Echo:
    """Answers with its word."""

    def __init__(self, word="hello"):
        self.word = word

    def reconfigure(self, config):
        self.word = config["word"]

    async def __call__(self, request):
        return self.word


@serve.deployment(ray_actor_options={"num_cpus": 0.1})
class Broken:
    """Cannot be started."""

    def __init__(self):
        raise ValueError("no weights at 'here'")


def echo(args):
    return Echo.bind(**args)


hello = Echo.bind()
broken = Broken.bind()
