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

(* powers with fractions and sums as exponents *)
Lemma power_split (u p s : R) (k : nat) : 0 < u -> p = s + INR k -> Rpower u p = Rpower u s * u ^ k.
Proof. apply rpow_up. Qed.
Lemma power_split_down (u p s : R) (k : nat) : 0 < u -> p = s - INR k -> Rpower u p = Rpower u s / u ^ k.
Proof. apply rpow_down. Qed.
Lemma power_of_part (u p q : R) (k : nat) : 0 < u -> p = q * INR k -> Rpower u p = Rpower u q ^ k.
Proof. intros H ->. rewrite <- Rpower_mult. now rewrite Rpower_pow by apply exp_pos. Qed.
Lemma power_of_part_down (u p q : R) (k : nat) : 0 < u -> p = - (q * INR k) -> Rpower u p = / Rpower u q ^ k.
Proof. intros H ->. rewrite Rpower_Ropp. f_equal. now apply power_of_part. Qed.
Lemma part_of (u q : R) (k : nat) : 0 < u -> q * INR k = 1 -> Rpower u q ^ k = u.
Proof. intros H E. rewrite <- (power_of_part u 1 q k H) by (symmetry; exact E). now apply Rpower_1. Qed.
Lemma root_is_part (u q : R) (k : nat) : 0 < u -> / 2 = q * INR k -> sqrt u = Rpower u q ^ k.
Proof. intros H E. rewrite <- Rpower_sqrt by exact H. now apply power_of_part. Qed.

Lemma power_of_one (p : R) : Rpower 1 p = 1.
Proof. unfold Rpower. rewrite ln_1, Rmult_0_r. apply exp_0. Qed.
Lemma power_of_exp (u p : R) : Rpower (exp u) p = exp (p * u).
Proof. unfold Rpower. now rewrite ln_exp. Qed.
Lemma sqrt_of_exp (u : R) : sqrt (exp u) = exp (/ 2 * u).
Proof. rewrite <- Rpower_sqrt by apply exp_pos. apply power_of_exp. Qed.
Ltac known_bases := rewrite ?power_of_one, ?power_of_exp, ?sqrt_of_exp, ?Rpower_mult; unify_all unify_one.

Ltac unify_powers :=
  repeat match goal with
  | |- context [Rpower ?u ?a] =>
    match goal with
    | |- context [Rpower ?v ?b] =>
      tryif (constr_eq u v; constr_eq a b) then fail else
        (replace (Rpower u a) with (Rpower v b) by (apply f_equal2; first [reflexivity | ring | lra | field; split_all; nz]))
    end
  end.
Ltac split_powers := repeat
  match goal with
  | |- context [Rpower ?u (?a - 1)] => rewrite (Rpower_minus1 u a) by pos
  | |- context [Rpower ?u (?a - ?b)] => replace (Rpower u (a - b)) with (Rpower u a * / Rpower u b)
       by (unfold Rminus; rewrite Rpower_plus, Rpower_Ropp; reflexivity)
  | |- context [Rpower ?u (?a + ?b)] => rewrite (Rpower_plus a b u)
  | |- context [Rpower ?u (- ?a)] => rewrite (Rpower_Ropp u a)
  | |- context [Rpower ?u 1] => rewrite (Rpower_1 u) by pos
  end.
(* bases that are numbers, by their prime factors *)
Lemma ln_quotient (a b : R) : 0 < a -> 0 < b -> ln (a / b) = ln a - ln b.
Proof. intros A B. unfold Rdiv. rewrite ln_mult, ln_Rinv by (try apply Rinv_0_lt_compat; assumption). ring. Qed.
Lemma power_multiple (b u w : R) (k : nat) : u = INR k * w -> Rpower b u = Rpower b w ^ k.
Proof. intros ->. unfold Rpower. rewrite <- exp_mult_nat. f_equal. ring. Qed.
Lemma power_multiple_down (b u w : R) (k : nat) : u = - (INR k * w) -> Rpower b u = / Rpower b w ^ k.
Proof. intros ->. rewrite Rpower_Ropp. f_equal. now apply power_multiple. Qed.
Lemma base_product (b p q u : R) : 0 < p -> 0 < q -> b = p * q -> Rpower b u = Rpower p u * Rpower q u.
Proof. intros P Q ->. unfold Rpower. rewrite ln_mult by assumption. rewrite Rmult_plus_distr_l. apply exp_plus. Qed.
Lemma base_quotient (b p q u : R) : 0 < p -> 0 < q -> b = p / q -> Rpower b u = Rpower p u / Rpower q u.
Proof.
  intros P Q ->. unfold Rpower. rewrite ln_quotient by assumption. unfold Rminus.
  rewrite Rmult_plus_distr_l, exp_plus, Ropp_mult_distr_r_reverse, exp_Ropp. reflexivity.
Qed.
Lemma ln_of_product (b p q : R) : 0 < p -> 0 < q -> b = p * q -> ln b = ln p + ln q.
Proof. intros P Q ->. now apply ln_mult. Qed.
Lemma ln_of_quotient (b p q : R) : 0 < p -> 0 < q -> b = p / q -> ln b = ln p - ln q.
Proof. intros P Q ->. now apply ln_quotient. Qed.
Lemma exp_of_ln (u w : R) (k : nat) : 0 < w -> u = INR k * ln w -> exp u = w ^ k.
Proof. intros H ->. rewrite exp_mult_nat. now rewrite exp_ln. Qed.
Lemma exp_of_ln_down (u w : R) (k : nat) : 0 < w -> u = - (INR k * ln w) -> exp u = / w ^ k.
Proof. intros H ->. rewrite exp_Ropp. f_equal. now apply exp_of_ln. Qed.
Lemma exp_of_ln_part (u w p : R) : u = p * ln w -> exp u = Rpower w p.
Proof. now intros ->. Qed.

Lemma ln_sqrt (a : R) : 0 < a -> ln (sqrt a) = / 2 * ln a.
Proof. intro A. rewrite <- Rpower_sqrt by exact A. unfold Rpower. now rewrite ln_exp. Qed.
Lemma ln_Rpower (a p : R) : ln (Rpower a p) = p * ln a.
Proof. unfold Rpower. now rewrite ln_exp. Qed.
Ltac logs := repeat first
  [ rewrite ln_1 | rewrite ln_exp | rewrite ln_Rpower
  | match goal with
    | |- context [ln (?a * ?b)] => rewrite (ln_mult a b) by pos
    | |- context [ln (?a / ?b)] => rewrite (ln_quotient a b) by pos
    | |- context [ln (/ ?a)] => rewrite (ln_Rinv a) by pos
    | |- context [ln (?a ^ ?n)] => rewrite (ln_pow a) by pos; rewrite ?INR_IZR_INZ; simpl Z.of_nat
    | |- context [ln (sqrt ?a)] => rewrite (ln_sqrt a) by pos
    | |- context [exp (ln ?a)] => rewrite (exp_ln a) by pos
    end ].
Ltac plain := first [ reflexivity | ring | unfold Rdiv; ring | field; split_all; nz ].
Ltac by_relations := match goal with
  | A : ?r ^ _ = _, B : ?s ^ _ = _, C : ?t ^ _ = _ |- _ =>
      tryif first [constr_eq r s | constr_eq s t | constr_eq r t] then fail else (field [A B C]; split_all; nz)
  | A : ?r ^ _ = _, B : ?s ^ _ = _ |- _ => tryif constr_eq r s then fail else (field [A B]; split_all; nz)
  | A : ?r ^ _ = _ |- _ => field [A]; split_all; nz
  end.
Lemma exp_of_ln_half (u w : R) : u = / 2 * ln w -> 0 < w -> exp u = sqrt w.
Proof. intros -> H. change (Rpower w (/ 2) = sqrt w). now apply Rpower_sqrt. Qed.

Lemma root_of_square u : sqrt (u ^ 2) = Rabs u.
Proof. rewrite <- sqrt_Rsqr_abs. f_equal. unfold Rsqr. ring. Qed.
Ltac absolutes := repeat first
  [ rewrite Rabs_Ropp | rewrite Rabs_mult | rewrite Rabs_Rabsolu | rewrite <- RPow_abs | rewrite root_of_square
  | match goal with |- context [Rabs (?a / ?b)] => unfold Rdiv at 1; rewrite (Rabs_mult a (/ b)) end
  | rewrite Rabs_inv
  | match goal with |- context [Rabs ?a] => rewrite (Rabs_pos_eq a) by first [lra | apply pow2_ge_0 | apply Rlt_le; pos] end ].
Ltac shifts := lazymatch goal with |- context [PI] => idtac end;
  rewrite ?sin_plus, ?cos_plus, ?sin_minus, ?cos_minus; rewrite ?cos_3PI2, ?sin_3PI2, ?sin_2PI, ?cos_2PI, ?sin_PI2,
  ?cos_PI2, ?sin_PI, ?cos_PI.
(* sin (2 (x + h)) beside the sines and cosines of 2 x and 2 h; values at 0 *)
Lemma sin_of_0 u : u = 0 -> sin u = 0. Proof. intros ->. apply sin_0. Qed.
Lemma cos_of_0 u : u = 0 -> cos u = 1. Proof. intros ->. apply cos_0. Qed.
Lemma exp_of_0 u : u = 0 -> exp u = 1. Proof. intros ->. apply exp_0. Qed.
Lemma power_of_0 b u : u = 0 -> Rpower b u = 1. Proof. intros ->. unfold Rpower. rewrite Rmult_0_l. apply exp_0. Qed.
Lemma ln_of_1 u : u = 1 -> ln u = 0. Proof. intros ->. apply ln_1. Qed.
Ltac same_value := first [ lra | ring | field; split_all; nz ].
Ltac zeros := repeat match goal with
  | |- context [sin ?u] => rewrite (sin_of_0 u) by same_value
  | |- context [cos ?u] => rewrite (cos_of_0 u) by same_value
  | |- context [exp ?u] => rewrite (exp_of_0 u) by same_value
  | |- context [Rpower ?b ?u] => rewrite (power_of_0 b u) by same_value
  | |- context [ln ?u] => rewrite (ln_of_1 u) by same_value
  end.
Lemma sin_sum w u d : w = u + d -> sin w = sin u * cos d + cos u * sin d. Proof. intros ->. apply sin_plus. Qed.
Lemma cos_sum w u d : w = u + d -> cos w = cos u * cos d - sin u * sin d. Proof. intros ->. apply cos_plus. Qed.
Lemma exp_sum w u d : w = u + d -> exp w = exp u * exp d. Proof. intros ->. apply exp_plus. Qed.
Ltac angle_sums := do 4 try match goal with
  | |- context [sin ?w] => match goal with |- context [sin ?u] => match goal with |- context [cos ?d] =>
      tryif first [constr_eq w u | constr_eq w d] then fail else rewrite (sin_sum w u d) by first [ring | field; split_all; nz] end end
  | |- context [cos ?w] => match goal with |- context [cos ?u] => match goal with |- context [cos ?d] =>
      tryif first [constr_eq w u | constr_eq w d] then fail else rewrite (cos_sum w u d) by first [ring | field; split_all; nz] end end
  end.
Ltac exponent_sums := do 4 try match goal with
  | |- context [exp ?w] => match goal with |- context [exp ?u] => match goal with |- context [exp ?d] =>
      tryif first [constr_eq w u | constr_eq w d] then fail else rewrite (exp_sum w u d) by first [ring | field; split_all; nz] end end
  end.
Ltac square_numbers := repeat match goal with
  | |- context [sqrt (IZR ?a / IZR ?b)] => rewrite (sqrt_div_alt (IZR a) (IZR b)) by lra
  | |- context [sqrt 4] => replace (sqrt 4) with 2 by (symmetry; apply sqrt_lem_1; lra)
  | |- context [sqrt 9] => replace (sqrt 9) with 3 by (symmetry; apply sqrt_lem_1; lra)
  | |- context [sqrt 16] => replace (sqrt 16) with 4 by (symmetry; apply sqrt_lem_1; lra)
  | |- context [sqrt 25] => replace (sqrt 25) with 5 by (symmetry; apply sqrt_lem_1; lra)
  | |- context [sqrt 36] => replace (sqrt 36) with 6 by (symmetry; apply sqrt_lem_1; lra)
  | |- context [sqrt 1] => rewrite sqrt_1
  end.
Ltac whole_powers := repeat match goal with
  | |- context [Rpower ?b (IZR ?z)] => let n := eval compute in (Z.to_nat z) in
      replace (Rpower b (IZR z)) with (b ^ n) by (rewrite <- Rpower_pow by pos; f_equal; rewrite INR_IZR_INZ; reflexivity)
  end.
Ltac close := cbv beta; try change (AbsRing.sort R_AbsRing) with R; first
  [ reflexivity | ring | unfold Rdiv; ring | solve [field; split_all; nz]
  | solve [unify_powers; plain] | solve [split_powers; unify_powers; plain] | solve [known_bases; plain] | solve [logs; plain]
  | solve [absolutes; first [plain | add_rels; by_relations]] | solve [shifts; plain]
  | solve [zeros; plain] | solve [progress square_numbers; plain] | solve [progress whole_powers; plain] | solve [angle_sums; plain] | solve [exponent_sums; plain] | solve [unfold coth, csch; plain]
  | timeout 20 (solve [eqn]) | timeout 10 (solve [unfold Rpower; eqn]) ].

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

Ltac conditions G := cbv beta in G; repeat match goal with
  | H : ?P /\ ?Q |- _ =>
      lazymatch P with _ < _ => lazymatch Q with _ < _ => fail | _ => destruct H end | _ => destruct H end
  end.

Ltac side := cbv beta; first
  [ assumption | lra | match goal with |- _ <> _ => nz | |- 0 < _ => pos | |- _ < _ < _ => by_hyp end
  | (split; first [lra | nra]) | nra | (split_all; first [lra | nra]) ].
Ltac split_conditions := repeat match goal with
  | |- True => exact I
  | |- ?P /\ ?Q => lazymatch P with _ < _ => lazymatch Q with _ < _ => fail | _ => split end | _ => split end
  end.
Ltac witness_one := first [ exact I | lra | (split; lra) | (left; lra) | (right; lra) ].
Ltac witness := split_conditions; witness_one.

(* roots of multiples, parts of exponents, multiples of exponents: what hints of a certificate rewrite by *)
Lemma root_scaled (a b q : R) : 0 <= q -> a = q * b -> sqrt a = sqrt q * sqrt b.
Proof. intros H ->. now apply sqrt_mult_alt. Qed.
Lemma exp_multiple (u w : R) (k : nat) : u = INR k * w -> exp u = exp w ^ k.
Proof. apply exp_times. Qed.
Lemma exp_multiple_down (u w : R) (k : nat) : u = - (INR k * w) -> exp u = / exp w ^ k.
Proof. apply exp_ntimes. Qed.
Ltac part_side := first [ pos | rewrite INR_IZR_INZ; simpl; lra | side ].
Ltac base_side := first [ lra | field ].
Ltac multiple_side := rewrite INR_IZR_INZ; simpl Z.of_nat; first [ ring | field; split_all; nz ].
Ltac name_part u q n :=
  let r := fresh "r" in let P := fresh "P" in let Rel := fresh "Rel" in
  assert (P : 0 < Rpower u q) by apply exp_pos;
  assert (Rel : Rpower u q ^ n = u) by (apply part_of; part_side);
  set (r := Rpower u q) in *; clearbody r; try (is_var u; subst u).
Ltac name_exponential w :=
  let r := fresh "r" in let P := fresh "P" in
  assert (P : 0 < exp w) by apply exp_pos; set (r := exp w) in *; clearbody r.
Ltac finish := square_numbers; unify_powers; first [ plain | solve [add_rels; by_relations] | timeout 20 eqn ].
