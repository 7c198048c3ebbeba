(* Roots and absolute values: of squares, of multiples, of products. *)
From Coq Require Import Reals Psatz Lra.
From Coquelicot Require Import Coquelicot.
Require Import Certified.Support Certified.Tactics Certified.Functions Certified.Powers.
Open Scope R_scope.

Lemma root_of_square u : sqrt (u ^ 2) = Rabs u.
Proof. rewrite <- sqrt_Rsqr_abs. f_equal. unfold Rsqr. ring. Qed.
Ltac absolutes := repeat first
  [ rewrite Rabs_Ropp | rewrite Rabs_mult | rewrite Rabs_Rabsolu | rewrite <- RPow_abs | rewrite root_of_square
  | rewrite sign_mult | rewrite (sign_eq_1 (IZR _)) by lra | rewrite (sign_eq_m1 (IZR _)) by lra
  | match goal with |- context [Rabs (?a / ?b)] => unfold Rdiv at 1; rewrite (Rabs_mult a (/ b)) end
  | rewrite Rabs_inv
  | match goal with |- context [Rabs ?a] => rewrite (Rabs_pos_eq a) by first [lra | apply pow2_ge_0 | apply Rlt_le; pos] end
  | match goal with |- context [Rabs ?a] => rewrite (Rabs_left a) by lra end ].
Ltac square_numbers := repeat match goal with
  | |- context [sqrt (IZR ?a / IZR ?b)] => rewrite (sqrt_div_alt (IZR a) (IZR b)) by lra
  | |- context [sqrt (IZR ?a)] => let r := eval vm_compute in (Z.sqrt a) in
      replace (sqrt (IZR a)) with (IZR r) by (symmetry; apply sqrt_lem_1; lra)
  end.
(* the root of a square times something: sqrt (x^3 b) = |x| sqrt (x b), and so on *)
Lemma root_of_multiple a u b : a = u ^ 2 * b -> sqrt a = Rabs u * sqrt b.
Proof. intros ->. rewrite sqrt_mult_alt by apply pow2_ge_0. now rewrite root_of_square. Qed.
Lemma root_of_positive_multiple a u b : 0 <= u -> a = u ^ 2 * b -> sqrt a = u * sqrt b.
Proof. intros P E. rewrite (root_of_multiple a u b E). now rewrite Rabs_pos_eq. Qed.
Lemma root_of_product (n p q : R) : 0 < p -> 0 < q -> n = p * q -> sqrt n = sqrt p * sqrt q.
Proof. intros P _ ->. apply sqrt_mult_alt. lra. Qed.
Lemma root_of_quotient (n p q : R) : 0 < p -> 0 < q -> n = p / q -> sqrt n = sqrt p / sqrt q.
Proof. intros P Q ->. now apply sqrt_div_alt. Qed.
Lemma root_is a b : 0 <= b -> a = b ^ 2 -> sqrt a = b.
Proof. intros P ->. now apply sqrt_pow2. Qed.
Ltac root_equation := first [ ring | field; split_all; nz | add_rels; by_relations ].
Ltac square_factors := match goal with
  | |- sqrt ?a = ?u * sqrt ?b => apply root_of_positive_multiple; [nneg | root_equation]
  | |- sqrt ?a = ?b => apply root_is; [nneg | root_equation]
  | |- context [sqrt ?a] => match goal with |- context [Rabs ?u] => match goal with |- context [sqrt ?b] =>
      tryif constr_eq a b then fail else rewrite (root_of_multiple a u b) by first [ring | field; split_all; nz] end end
  end.
Lemma root_scaled (a b q : R) : 0 <= q -> a = q * b -> sqrt a = sqrt q * sqrt b.
Proof. intros H ->. now apply sqrt_mult_alt. Qed.
(* a root of numbers within another one: sqrt (5 + 2 sqrt 6) = sqrt 3 + sqrt 2 *)
Ltac prime_root z p := let r := eval vm_compute in (Z.eqb (Z.modulo z p) 0 && Z.ltb p z)%bool in constr_eq r true;
  let m := eval vm_compute in (Z.div z p) in rewrite (root_of_product (IZR z) (IZR p) (IZR m)) by lra.
Ltac whole_roots := repeat match goal with |- context [sqrt (IZR ?z)] => first
  [ prime_root z 2%Z | prime_root z 3%Z | prime_root z 5%Z | prime_root z 7%Z | prime_root z 11%Z | prime_root z 13%Z ] end.
Lemma root_grows a b : 0 <= b <= a -> 0 <= sqrt a - sqrt b.
Proof. intro H. assert (sqrt b <= sqrt a) by (apply sqrt_le_1_alt; lra). lra. Qed.
Lemma root_above_one a : 1 <= a -> 0 <= sqrt a - 1.
Proof. intro H. assert (L := root_grows a 1). rewrite sqrt_1 in L. lra. Qed.
Ltac nested_roots := lazymatch goal with |- sqrt ?a = ?b => lazymatch a with context [sqrt _] => apply root_is end end;
  [first [nneg | apply root_grows; lra | apply root_above_one; lra] | whole_roots; root_equation].
(* the slope of ln |u|, as the chain rule writes it *)
Lemma slope_of_ln_abs u d : u <> 0 -> 1 / Rabs u * (u / Rabs u * d) = d / u.
Proof.
  intro H. assert (A := Rabs_no_R0 u H). assert (R := pow2_abs u).
  replace (1 / Rabs u * (u / Rabs u * d)) with (u * d / Rabs u ^ 2) by (field; exact A). rewrite R. field. exact H.
Qed.
Ltac logarithmic_slopes := repeat match goal with |- context [1 / Rabs ?u * (?u / Rabs ?u * ?d)] =>
  rewrite (slope_of_ln_abs u d) by nz end.
