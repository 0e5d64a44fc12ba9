# A training that takes seconds instead of days: it reads its config and writes a row of metrics for each step.
set -eu
export LC_ALL=C
value() { sed -n "s/^$1: *//p" "$2"; }
lr=$(value lr "$1")
width=$(value width "$1")
steps=$(value steps "$1")

metrics="logs/$SYNAPSE_EXPERIMENT_PROJECT/$SYNAPSE_EXPERIMENT_UID.csv"
mkdir -p "${metrics%/*}"
cp "$1" "${metrics%.csv}.yaml" # the hyperparameters of the run
echo step,loss >"$metrics"
step=1
while [ "$step" -le "$steps" ]; do
  loss=$(awk "BEGIN { printf \"%.4f\", exp(-$lr * $step) + 1 / $width }")
  echo "$step,$loss" >>"$metrics"
  echo "step $step of $steps: loss $loss"
  step=$((step + 1))
  sleep 0.2
done
