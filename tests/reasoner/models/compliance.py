"""What every language model must do; a backend is finished when these pass on it.

A subclass gives ``model``: a fresh backend that can answer any request.
"""

from dataclasses import replace

import pytest

from affectgraph.reasoner.models import GenerationRequest, LanguageModel, Message

ASKED = GenerationRequest(
    (Message("system", "You explain faces."), Message("user", "AU12 and AU6?")), max_tokens=24
)


class LanguageModelCompliance:
    """The suite; each test gets a model from the fixture ``model`` of the subclass."""

    def test_backend_is_a_language_model_with_a_name(self, model: LanguageModel) -> None:
        assert isinstance(model, LanguageModel)
        assert model.name

    def test_answer_names_its_model_and_counts_tokens(self, model: LanguageModel) -> None:
        answer = model.generate(ASKED)

        assert answer.model == model.name
        assert answer.usage.prompt_tokens > 0
        assert 0 < answer.usage.completion_tokens <= ASKED.max_tokens
        assert answer.finish_reason in {"stop", "length"}

    def test_greedy_answer_is_the_same_on_repeat(self, model: LanguageModel) -> None:
        assert model.generate(ASKED).text == model.generate(ASKED).text

    def test_greedy_answer_has_no_seed(self, model: LanguageModel) -> None:
        assert model.generate(ASKED).seed is None

    def test_batch_gives_an_answer_per_request_in_order(self, model: LanguageModel) -> None:
        asked = [
            replace(ASKED, messages=(Message("user", "Why? " * n),), max_tokens=n + 1)
            for n in (5, 1, 3)
        ]

        answers = model.batch(asked)

        assert [a.text for a in answers] == [model.generate(r).text for r in asked]

    def test_batch_of_nothing_is_empty(self, model: LanguageModel) -> None:
        assert model.batch([]) == []

    def test_no_answer_is_longer_than_asked(self, model: LanguageModel) -> None:
        assert model.generate(replace(ASKED, max_tokens=1)).usage.completion_tokens == 1

    def test_answer_cut_by_its_length_says_so(self, model: LanguageModel) -> None:
        assert model.generate(replace(ASKED, max_tokens=1)).finish_reason == "length"

    def test_stop_text_ends_the_answer_and_is_not_in_it(self, model: LanguageModel) -> None:
        whole = model.generate(ASKED).text
        stop = whole[len(whole) // 2 : len(whole) // 2 + 2]

        answer = model.generate(replace(ASKED, stop=(stop,)))

        assert answer.text == whole[: whole.index(stop)]
        assert answer.finish_reason == "stop"

    def test_pieces_of_a_stream_make_the_answer(self, model: LanguageModel) -> None:
        pieces = list(model.stream(ASKED))

        assert "".join(piece.text for piece in pieces) == model.generate(ASKED).text
        assert [piece.generation is None for piece in pieces] == [True] * (len(pieces) - 1) + [
            False
        ]
        assert pieces[-1].generation is not None
        assert pieces[-1].generation.text == model.generate(ASKED).text

    def test_stream_shows_nothing_of_a_stop_text(self, model: LanguageModel) -> None:
        whole = model.generate(ASKED).text
        stop = whole[len(whole) // 2 : len(whole) // 2 + 3]

        pieces = list(model.stream(replace(ASKED, stop=(stop,))))

        assert "".join(piece.text for piece in pieces) == whole[: whole.index(stop)]

    def test_sample_with_a_seed_is_the_same_on_repeat(self, model: LanguageModel) -> None:
        asked = replace(ASKED, temperature=1.0, seed=7)

        first, second = model.generate(asked), model.generate(asked)

        assert (first.text, first.seed) == (second.text, 7)

    def test_sample_with_a_seed_is_the_same_in_company(self, model: LanguageModel) -> None:
        asked = replace(ASKED, temperature=1.0, seed=7)

        assert model.batch([ASKED, asked, ASKED])[1].text == model.generate(asked).text

    def test_stream_can_be_left_early(self, model: LanguageModel) -> None:
        stream = model.stream(replace(ASKED, max_tokens=200))
        next(stream)
        stream.close()  # type: ignore[attr-defined]

        assert model.generate(ASKED).text

    def test_close_can_be_called_twice(self, model: LanguageModel) -> None:
        model.close()
        model.close()

    @pytest.mark.parametrize("text", ["", "🙂" * 20, "\x00", "\ud800", "<|im_end|>" * 3])
    def test_odd_texts_are_answered(self, model: LanguageModel, text: str) -> None:
        asked = replace(ASKED, messages=(Message("user", text),), max_tokens=3)

        assert model.generate(asked).usage.completion_tokens >= 1
