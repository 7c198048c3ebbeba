(* The rules of differentiation: from the derivatives of the parts to that of the whole. *)
From Coq Require Import Reals Psatz Lra.
From Coquelicot Require Import Coquelicot.
Require Import Certified.Support Certified.Tactics Certified.Functions.
Open Scope R_scope.

Lemma by_constant (c x : R) : is_derive (fun _ : R => c) x 0.
Proof. apply (is_derive_const c). Qed.
Lemma by_variable (x : R) : is_derive (fun y : R => y) x 1.
Proof. apply (is_derive_id x). Qed.
Lemma by_sum (u v : R -> R) (x a b : R) :
  is_derive u x a -> is_derive v x b -> is_derive (fun y => u y + v y) x (a + b).
Proof. apply (is_derive_plus u v). Qed.
Lemma by_difference (u v : R -> R) (x a b : R) :
  is_derive u x a -> is_derive v x b -> is_derive (fun y => u y - v y) x (a - b).
Proof. apply (is_derive_minus u v). Qed.
Lemma by_negation (u : R -> R) (x a : R) : is_derive u x a -> is_derive (fun y => - u y) x (- a).
Proof. apply (is_derive_opp u). Qed.
Lemma by_multiple (c : R) (u : R -> R) (x a : R) : is_derive u x a -> is_derive (fun y => c * u y) x (c * a).
Proof. intro H. now apply (is_derive_scal u x c a). Qed.
Lemma by_multiple_right (c : R) (u : R -> R) (x a : R) : is_derive u x a -> is_derive (fun y => u y * c) x (a * c).
Proof. intro H. apply (is_derive_cast _ _ (c * a)); [|ring]. apply (is_derive_ext (fun y => c * u y)).
  - intro t. change (c * u t = u t * c). ring.
  - now apply by_multiple.
Qed.
Lemma by_denominator (c : R) (u : R -> R) (x a : R) : is_derive u x a -> is_derive (fun y => u y / c) x (a / c).
Proof. apply (by_multiple_right (/ c)). Qed.
Lemma by_product (u v : R -> R) (x a b : R) :
  is_derive u x a -> is_derive v x b -> is_derive (fun y => u y * v y) x (a * v x + u x * b).
Proof. intros. now apply (Derive.is_derive_mult u v x a b). Qed.
Lemma by_quotient (u v : R -> R) (x a b : R) :
  v x <> 0 -> is_derive u x a -> is_derive v x b -> is_derive (fun y => u y / v y) x ((a * v x - u x * b) / v x ^ 2).
Proof. intros. now apply (is_derive_div u v x a b). Qed.
Lemma by_reciprocal (c : R) (v : R -> R) (x b : R) :
  v x <> 0 -> is_derive v x b -> is_derive (fun y => c / v y) x (- (c * b) / v x ^ 2).
Proof.
  intros H K. apply (is_derive_cast _ _ ((0 * v x - c * b) / v x ^ 2)); [|field; exact H].
  apply (by_quotient (fun _ => c) v); [exact H | apply by_constant | exact K].
Qed.
Lemma by_chain (F : R -> R) (F' : R) (u : R -> R) (x a : R) :
  is_derive F (u x) F' -> is_derive u x a -> is_derive (fun y => F (u y)) x (F' * a).
Proof.
  intros H K. apply (is_derive_cast _ _ (scal a F')); [now apply (is_derive_comp F u)|].
  unfold scal; simpl; unfold mult; simpl; ring.
Qed.
(* c is the exponent m + 1, written as an integer *)
Lemma by_power (m : nat) (c : Z) (u : R -> R) (x a : R) :
  c = Z.of_nat (S m) -> is_derive u x a -> is_derive (fun y => u y ^ S m) x (IZR c * u x ^ m * a).
Proof.
  intros -> H. rewrite <- INR_IZR_INZ. apply (is_derive_cast _ _ (INR (S m) * a * u x ^ pred (S m))).
  - now apply is_derive_pow.
  - simpl pred. ring.
Qed.
Lemma by_power_zero (u : R -> R) (x : R) : is_derive (fun y => u y ^ 0) x 0.
Proof. apply (is_derive_const 1). Qed.
Lemma by_inverse_power (m : nat) (c : Z) (u : R -> R) (x a : R) :
  c = Z.of_nat (S m) -> u x <> 0 -> is_derive u x a ->
  is_derive (fun y => / u y ^ S m) x (- IZR c * / u x ^ S (S m) * a).
Proof.
  intros E H K. assert (P : u x ^ S m <> 0) by now apply pow_nonzero.
  apply (is_derive_cast _ _ (- (1 / (u x ^ S m) ^ 2) * (IZR c * u x ^ m * a))).
  - apply (by_chain Rinv _ (fun y => u y ^ S m)); [now apply der_inv | now apply by_power].
  - assert (u x ^ m <> 0) by now apply pow_nonzero.
    change (u x ^ S (S m)) with (u x * (u x * u x ^ m)). change (u x ^ S m) with (u x * u x ^ m). field. auto.
Qed.
Lemma by_real_power (p : R) (u : R -> R) (x a : R) :
  0 < u x -> is_derive u x a -> is_derive (fun y => Rpower (u y) p) x (p * Rpower (u x) (p - 1) * a).
Proof. intros H K. apply (by_chain (fun z => Rpower z p)); [now apply is_derive_rpow | exact K]. Qed.
Lemma by_base (b : R) (u : R -> R) (x a : R) :
  is_derive u x a -> is_derive (fun y => Rpower b (u y)) x (Rpower b (u x) * ln b * a).
Proof.
  intro K. apply (by_chain (fun z => Rpower b z)); [|exact K].
  apply (is_derive_cast _ _ (ln b * Rpower b (u x))); [apply is_derive_bpow | ring].
Qed.
Lemma by_general_power (u v : R -> R) (x a b : R) : 0 < u x -> is_derive u x a -> is_derive v x b ->
  is_derive (fun y => Rpower (u y) (v y)) x (Rpower (u x) (v x) * (b * ln (u x) + v x * (1 / u x * a))).
Proof.
  intros H K L. unfold Rpower. apply (by_chain exp _ (fun y => v y * ln (u y))); [apply is_derive_exp|].
  exact (by_product v (fun y => ln (u y)) x b (1 / u x * a) L (by_chain ln (1 / u x) u x a (der_ln (u x) H) K)).
Qed.
Lemma derive_is (f : R -> R) (x a b : R) : is_derive f x a -> @eq R a b -> @eq R (Derive f x) b.
Proof. intros H <-. now apply is_derive_unique. Qed.
Lemma slope (f : R -> R) (x : R) : ex_derive f x -> is_derive f x (Derive f x).
Proof. apply Derive_correct. Qed.
Lemma same {A : Type} {f g : R -> A} {x y : R} : f = g -> x = y -> f x = g y.
Proof. now intros -> ->. Qed.
Lemma has_slope (f : R -> R) (x a : R) : is_derive f x a -> ex_derive f x.
Proof. intro H. now exists a. Qed.
Lemma theorem_of (f : R -> R) (x b : R) : ex_derive f x -> @eq R (Derive f x) b -> is_derive f x b.
Proof. intros H <-. now apply Derive_correct. Qed.

(* what is known of the whole is used for the parts *)
Arguments by_sum u v x a b & _ _.
Arguments by_difference u v x a b & _ _.
Arguments by_negation u x a & _.
Arguments by_multiple c u x a & _.
Arguments by_multiple_right c u x a & _.
Arguments by_denominator c u x a & _.
Arguments by_product u v x a b & _ _.
Arguments by_quotient u v x a b & _ _ _.
Arguments by_reciprocal c v x b & _ _.
Arguments by_chain F F' u x a & _ _.
Arguments by_power m c u x a & _ _.
Arguments by_inverse_power m c u x a & _ _ _.
Arguments by_real_power p u x a & _ _.
Arguments by_base b u x a & _.
Arguments by_general_power u v x a b & _ _ _.
Arguments slope f x & _.
Arguments has_slope f x a & _.
Arguments derive_is f x a b & _ _.
Arguments theorem_of f x b & _ _.

(* nearby: what holds at every point near x may be used inside Derive *)
Lemma derive_near (f g : R -> R) (x : R) (P : R -> Prop) :
  locally x P -> (forall y, P y -> f y = g y) -> Derive f x = Derive g x.
Proof. intros H E. apply Derive_ext_loc. revert H. apply filter_imp, E. Qed.
Lemma near_less (a b : R -> R) (x : R) :
  ex_derive a x -> ex_derive b x -> a x < b x -> locally x (fun y => a y < b y).
Proof.
  intros A B H. assert (C : continuous (fun y => b y - a y) x).
  { apply (continuous_minus b a); now apply (ex_derive_continuous (K := R_AbsRing) (V := R_NormedModule)). }
  assert (L : locally (b x - a x) (fun z => 0 < z)) by (apply (open_gt 0); lra).
  specialize (C _ L). unfold filtermap in C. revert C. apply filter_imp. intros y K. lra.
Qed.
Lemma near_not_equal (a b : R -> R) (x : R) :
  ex_derive a x -> ex_derive b x -> a x <> b x -> locally x (fun y => a y <> b y).
Proof.
  intros A B H. destruct (Rlt_or_le (a x) (b x)) as [L|L].
  - generalize (near_less a b x A B L). apply filter_imp. intros y K. lra.
  - assert (M : b x < a x) by lra. generalize (near_less b a x B A M). apply filter_imp. intros y K. lra.
Qed.
Lemma near_within (a b c : R -> R) (x : R) :
  ex_derive a x -> ex_derive b x -> ex_derive c x -> a x < b x < c x -> locally x (fun y => a y < b y < c y).
Proof. intros A B C [H K]. apply filter_and; now apply near_less. Qed.
Lemma near_and (P Q : R -> Prop) (x : R) : locally x P -> locally x Q -> locally x (fun y => P y /\ Q y).
Proof. apply filter_and. Qed.
Lemma near_or_left (P Q : R -> Prop) (x : R) : locally x P -> locally x (fun y => P y \/ Q y).
Proof. apply filter_imp. now left. Qed.
Lemma near_or_right (P Q : R -> Prop) (x : R) : locally x Q -> locally x (fun y => P y \/ Q y).
Proof. apply filter_imp. now right. Qed.
Lemma near_true (x : R) : locally x (fun _ => True).
Proof. now apply filter_forall. Qed.

(* pieces, beside their borders *)
Lemma by_below (a b u w : R -> R) (x a' b' u' w' : R) : a x <> b x ->
  is_derive a x a' -> is_derive b x b' -> is_derive u x u' -> is_derive w x w' ->
  is_derive (fun y => below (a y) (b y) (u y) (w y)) x (below (a x) (b x) u' w').
Proof.
  intros N A B U W. apply has_slope in A, B. unfold below at 2. destruct (Rlt_dec (a x) (b x)) as [L|L].
  - apply (is_derive_ext_loc u); [|exact U]. generalize (near_less a b x A B L). apply filter_imp.
    intros y K. unfold below. now destruct (Rlt_dec (a y) (b y)).
  - assert (M : b x < a x) by lra. apply (is_derive_ext_loc w); [|exact W].
    generalize (near_less b a x B A M). apply filter_imp.
    intros y K. unfold below. destruct (Rlt_dec (a y) (b y)); [lra|reflexivity].
Qed.
Lemma by_unlike (a b u w : R -> R) (x a' b' u' w' : R) : a x <> b x ->
  is_derive a x a' -> is_derive b x b' -> is_derive u x u' -> is_derive w x w' ->
  is_derive (fun y => unlike (a y) (b y) (u y) (w y)) x (unlike (a x) (b x) u' w').
Proof.
  intros N A B U W. apply has_slope in A, B. unfold unlike at 2. destruct (Req_EM_T (a x) (b x)); [contradiction|].
  apply (is_derive_ext_loc u); [|exact U]. generalize (near_not_equal a b x A B N). apply filter_imp.
  intros y K. unfold unlike. now destruct (Req_EM_T (a y) (b y)).
Qed.
Arguments by_below a b u w x a' b' u' w' & _ _ _ _ _.
Arguments by_unlike a b u w x a' b' u' w' & _ _ _ _ _.
