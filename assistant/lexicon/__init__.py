"""Knowledge of how people ask about policy documents, as data: question cues, synonyms, English terms.

Every table holds words of the genre only; no place, unit or phrase that belongs to one document.
"""
