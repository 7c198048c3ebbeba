(* Powers, exponentials and logarithms: of one base, of one exponent, of numbers by their prime factors. *)
From Coq Require Import Reals Psatz Lra.
From Coquelicot Require Import Coquelicot.
Require Import Certified.Support Certified.Tactics Certified.Functions.
Open Scope R_scope.

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

Lemma power_of_root (u p : R) (k : nat) : 0 < u -> p = / 2 * INR k -> Rpower u p = sqrt u ^ k.
Proof. intros H E. rewrite <- Rpower_sqrt by exact H. now apply power_of_part. Qed.
Lemma power_of_root_down (u p : R) (k : nat) : 0 < u -> p = - (/ 2 * INR k) -> Rpower u p = / sqrt u ^ k.
Proof. intros H E. rewrite <- Rpower_sqrt by exact H. now apply power_of_part_down. Qed.
Lemma power_of_one (p : R) : Rpower 1 p = 1.
Proof. unfold Rpower. rewrite ln_1, Rmult_0_r. apply exp_0. Qed.
Lemma power_of_exp (u p : R) : Rpower (exp u) p = exp (p * u).
Proof. unfold Rpower. now rewrite ln_exp. Qed.
Lemma sqrt_of_exp (u : R) : sqrt (exp u) = exp (/ 2 * u).
Proof. rewrite <- Rpower_sqrt by apply exp_pos. apply power_of_exp. Qed.
Ltac known_bases := progress (rewrite ?power_of_one, ?power_of_exp, ?sqrt_of_exp, ?Rpower_mult); unify_all unify_one.

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

Lemma exp_multiple (u w : R) (k : nat) : u = INR k * w -> exp u = exp w ^ k.
Proof. apply exp_times. Qed.
Lemma exp_multiple_down (u w : R) (k : nat) : u = - (INR k * w) -> exp u = / exp w ^ k.
Proof. apply exp_ntimes. Qed.
(* e^(a - b); logarithms of even powers and of whole numbers: what makes two products of powers comparable *)
Lemma exp_difference (a b : R) : exp (a - b) = exp a / exp b.
Proof. unfold Rminus. now rewrite exp_plus, exp_Ropp. Qed.
Lemma even_pow_abs (a : R) (k : nat) : (Rabs a ^ 2) ^ k = (a ^ 2) ^ k.
Proof. now rewrite pow2_abs. Qed.
Lemma ln_even_pow (a : R) (n k : nat) : n = (2 * k)%nat -> a <> 0 -> ln (a ^ n) = INR n * ln (Rabs a).
Proof.
  intros E H. rewrite <- ln_pow by now apply Rabs_pos_lt. f_equal. rewrite E, !pow_mult. symmetry. apply even_pow_abs.
Qed.
Lemma ln_pow_of (a : R) (n : nat) : 0 < a -> ln (a ^ n) = INR n * ln a.
Proof. intro H. now apply ln_pow. Qed.
Ltac known P := lazymatch goal with H : P |- _ => fail | _ => idtac end.
Ltac half n := let m := eval vm_compute in (Nat.div2 n) in m.
Ltac prime_out z p := let r := eval vm_compute in (Z.eqb (Z.modulo z p) 0 && Z.ltb p z)%bool in constr_eq r true;
  let m := eval vm_compute in (Z.div z p) in rewrite (ln_of_product (IZR z) (IZR p) (IZR m)) by lra.
Ltac whole_logarithms := repeat match goal with |- context [ln (IZR ?z)] => first
  [ prime_out z 2%Z | prime_out z 3%Z | prime_out z 5%Z | prime_out z 7%Z | prime_out z 11%Z | prime_out z 13%Z
  | prime_out z 17%Z | prime_out z 19%Z | prime_out z 23%Z ] end.
(* a product of powers, by what it is made of *)
Ltac logarithm_parts := repeat first
  [ rewrite ln_1 | rewrite ln_exp | rewrite ln_Rpower
  | match goal with
    | |- context [ln (?a * ?b)] => rewrite (ln_mult a b) by pos
    | |- context [ln (?a / ?b)] => rewrite (ln_quotient a b) by pos
    | |- context [ln (/ ?a)] => rewrite (ln_Rinv a) by pos
    | |- context [ln (sqrt ?a)] => rewrite (ln_sqrt a) by pos
    | |- context [ln (?a ^ ?n)] => rewrite (ln_pow_of a n) by pos
    | |- context [ln (?a ^ ?n)] => let k := half n in rewrite (ln_even_pow a n k eq_refl) by nz
    | |- context [ln (Rabs ?a)] => rewrite (Rabs_pos_eq a) by (apply Rlt_le; pos)
    | |- context [ln (Rabs (?a ^ ?n))] => rewrite <- (RPow_abs a n)
    end ].
(* two positive products of powers are equal when their logarithms are *)
Ltac by_logarithms := lazymatch goal with |- ?a = ?b => first [constr_eq b 0; fail 1 | apply ln_inv; [pos | pos |]] end;
  logarithm_parts; whole_logarithms; rewrite ?INR_IZR_INZ; simpl Z.of_nat; first [ lra | ring | field; split_all; nz ].
