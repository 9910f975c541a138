"""What severe and lenient jurors do to a ranking, corrected with its uncertainty: the adjusted ranking.

A mark is the level of a category, the quality of a file, the severity of a juror and a disagreement; the
variances of the last three are estimated by restricted maximum likelihood. The raw ranking stays in
``domain.ranking``, in exact numbers: this one advises.
"""
