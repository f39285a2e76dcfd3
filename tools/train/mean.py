"""mean.py SHARE A.npz B.npz OUT.npz: SHARE of A's weights and the rest of B's; the same network twice, B trained on from A.
The mean does better than either (the share was chosen on EWT's development part)."""
import sys

import numpy as np

share = float(sys.argv[1])
a, b = np.load(sys.argv[2]), np.load(sys.argv[3])
np.savez(sys.argv[4], **{k: share * a[k] + (1 - share) * b[k] for k in a})
