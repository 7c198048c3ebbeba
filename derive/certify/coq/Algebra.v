(* Algebra: what closes the equations between the sides of a step, and the conditions that it asks for. *)
From Coq Require Import Reals Psatz Lra.
From Coquelicot Require Import Coquelicot.
Require Import Certified.Support Certified.Tactics Certified.Functions Certified.Integrals.
Require Export Certified.Powers Certified.Roots Certified.Angles.
Open Scope R_scope.

(* what follows from the conditions about quotients, products and powers *)
Lemma top_not_zero a b : a / b <> 0 -> a <> 0.
Proof. intros H ->. apply H. unfold Rdiv. apply Rmult_0_l. Qed.
Lemma left_not_zero a b : a * b <> 0 -> a <> 0.
Proof. intros H ->. apply H, Rmult_0_l. Qed.
Lemma right_not_zero a b : a * b <> 0 -> b <> 0.
Proof. intros H ->. apply H, Rmult_0_r. Qed.
Lemma base_not_zero a n : a ^ S n <> 0 -> a <> 0.
Proof. intros H ->. apply H, pow_ne_zero. discriminate. Qed.
Lemma product_of_quotient a b : 0 < a / b -> b <> 0 -> 0 < a * b.
Proof. intros H N. replace (a * b) with (a / b * b ^ 2) by (field; exact N). apply Rmult_lt_0_compat; [exact H|nra]. Qed.
Lemma below_positive a b : 0 < a / b -> 0 < a -> 0 < b.
Proof. intros H A. destruct (Rlt_or_le 0 b) as [L | [L | ->]]; [exact L| |].
  - exfalso. unfold Rdiv in H. assert (/ b < 0) by now apply Rinv_lt_0_compat. nra.
  - exfalso. unfold Rdiv in H. rewrite Rinv_0 in H. lra.
Qed.
Lemma inverse_positive b : 0 < / b -> 0 < b.
Proof. intro H. apply (below_positive 1 b); [|lra]. unfold Rdiv. lra. Qed.
Lemma right_positive a b : 0 < a * b -> 0 < a -> 0 < b.
Proof. intros. nra. Qed.
Lemma left_positive a b : 0 < a * b -> 0 < b -> 0 < a.
Proof. intros. nra. Qed.
Lemma odd_base_positive a n k : n = S (2 * k) -> 0 < a ^ n -> 0 < a.
Proof.
  intros -> H. apply (left_positive a ((a ^ 2) ^ k)).
  - rewrite <- pow_mult. exact H.
  - assert (N : a <> 0) by (intros ->; rewrite pow_ne_zero in H by discriminate; lra). apply pow_lt. nra.
Qed.
Lemma base_of_positive a n : 0 < a ^ S n -> a <> 0.
Proof. intro H. apply (base_not_zero a n). lra. Qed.
Lemma cleared_right a b c : a + b / c <> 0 -> c <> 0 -> a * c + b <> 0.
Proof. intros H N E. apply H. replace (a + b / c) with ((a * c + b) / c) by (field; exact N). rewrite E. field. exact N. Qed.
Lemma cleared_left a b c : b / c + a <> 0 -> c <> 0 -> b + a * c <> 0.
Proof. intros H N. rewrite Rplus_comm in H. rewrite Rplus_comm. now apply cleared_right. Qed.
Ltac consequences := repeat match goal with
  | H : 0 < ?a / ?b |- _ => known (a <> 0); assert (a <> 0) by exact (top_not_zero a b (pos_neq0 _ H))
  | H : 0 < ?a / ?b |- _ => known (0 < a * b); assert (0 < a * b) by (apply (product_of_quotient a b H); nz)
  | H : 0 < ?a + ?b / ?c |- _ => known (a + b / c <> 0); assert (a + b / c <> 0) by exact (pos_neq0 _ H)
  | H : 0 < ?b / ?c + ?a |- _ => known (b / c + a <> 0); assert (b / c + a <> 0) by exact (pos_neq0 _ H)
  | H : ?a + ?b / ?c <> 0 |- _ => known (a * c + b <> 0); assert (a * c + b <> 0) by (apply (cleared_right a b c H); nz)
  | H : ?b / ?c + ?a <> 0 |- _ => known (b + a * c <> 0); assert (b + a * c <> 0) by (apply (cleared_left a b c H); nz)
  | H : 0 < ?a * ?b |- _ => known (a * b <> 0); assert (a * b <> 0) by exact (pos_neq0 _ H)
  | H : ?a / ?b <> 0 |- _ => known (a <> 0); assert (a <> 0) by exact (top_not_zero a b H)
  | H : ?a * ?b <> 0 |- _ => known (a <> 0); assert (a <> 0) by exact (left_not_zero a b H)
  | H : ?a * ?b <> 0 |- _ => known (b <> 0); assert (b <> 0) by exact (right_not_zero a b H)
  | H : ?a ^ ?n <> 0 |- _ => known (a <> 0); assert (a <> 0) by exact (base_not_zero a (pred n) H)
  | H : 0 < / ?b |- _ => known (0 < b); assert (0 < b) by exact (inverse_positive b H)
  | H : 0 < ?a / ?b |- _ => known (0 < b); assert (0 < b) by (apply (below_positive a b H); first [assumption | lra])
  | H : 0 < ?a * ?b |- _ => known (0 < b); assert (0 < b) by (apply (right_positive a b H); first [assumption | lra])
  | H : 0 < ?a * ?b |- _ => known (0 < a); assert (0 < a) by (apply (left_positive a b H); first [assumption | lra])
  | H : 0 < ?a ^ ?n |- _ => known (0 < a); let k := half n in assert (0 < a) by exact (odd_base_positive a n k eq_refl H)
  | H : 0 < ?a ^ ?n |- _ => known (a <> 0); assert (a <> 0) by exact (base_of_positive a (pred n) H)
  | |- context [_ / ?d] => known (d <> 0); assert (d <> 0) by nz
  end.
Ltac whole_powers := repeat match goal with
  | |- context [Rpower ?b (IZR ?z)] => let n := eval compute in (Z.to_nat z) in
      replace (Rpower b (IZR z)) with (b ^ n) by (rewrite <- Rpower_pow by pos; f_equal; rewrite INR_IZR_INZ; reflexivity)
  end.
Ltac undecided a := lazymatch a with context [Rlt_dec _ _] => idtac | context [Req_EM_T _ _] => idtac end.
Ltac each_piece := unfold below, unlike in *; repeat match goal with  (* the pieces within a piece first *)
  | |- context [Rlt_dec ?a ?b] => tryif first [undecided a | undecided b] then fail else destruct (Rlt_dec a b) in *
  | |- context [Req_EM_T ?a ?b] => tryif first [undecided a | undecided b] then fail else destruct (Req_EM_T a b) in *
  end.
Ltac bounds := repeat match goal with
  | |- context [sin ?u] => lazymatch goal with H : -1 <= sin u <= 1 |- _ => fail | _ => assert (-1 <= sin u <= 1) by apply SIN_bound end
  | |- context [cos ?u] => lazymatch goal with H : -1 <= cos u <= 1 |- _ => fail | _ => assert (-1 <= cos u <= 1) by apply COS_bound end
  | |- context [exp ?u] => lazymatch goal with H : 0 < exp u |- _ => fail | _ => assert (0 < exp u) by apply exp_pos end
  | |- context [sqrt ?u] => known (0 <= sqrt u); assert (0 <= sqrt u) by apply sqrt_pos
  end.
Ltac pieces := bounds; each_piece; first
  [ plain | exfalso; lra | contradiction | match goal with H : ?a <> ?b |- _ => exfalso; apply H; lra end | exfalso; nra ].
Ltac floors := unfold Rround, Rfract; repeat match goal with
  | |- context [Rfloor (IZR ?a / IZR ?b)] => let k := eval vm_compute in (a / b)%Z in
      rewrite (floor_is k (IZR a / IZR b)) by lra
  | |- context [Rfloor (IZR ?a)] => rewrite (floor_is a (IZR a)) by lra
  | |- context [Rceil (IZR ?a / IZR ?b)] => let k := eval vm_compute in (- (- a / b))%Z in
      rewrite (ceil_is k (IZR a / IZR b)) by lra
  | |- context [Rceil (IZR ?a)] => rewrite (ceil_is a (IZR a)) by lra
  end; plain.
(* most of what stands below a bar only stands there, and nobody has to ask whether it is 0: / is a function everywhere *)
Ltac plain_below u := lazymatch u with IZR _ => idtac | sqrt (IZR _) => idtac | _ => is_var u end.
Ltac apart_below := unfold Rdiv; rewrite ?Rinv_mult, ?Rinv_inv, ?Rinv_opp, <- ?pow_inv; rewrite ?Rinv_mult;
  repeat match goal with |- context [/ ?u] => tryif plain_below u then fail else (generalize (/ u); intro) end.
Ltac inverses := apart_below; first [ring | field; split_all; nz].
Ltac numbers_below := lazymatch goal with |- context [sqrt (IZR _)] => apart_below end; repeat match goal with |- context [sqrt ?u] =>
    lazymatch u with IZR _ => fail | _ => generalize (sqrt u); intro end end;
  first [ring | field; split_all; nz | add_rels; by_relations].
(* what is known of functions, powers, roots and pieces *)
Ltac by_knowledge := first
  [ solve [unify_powers; plain] | solve [split_powers; unify_powers; plain]
  | solve [doubles; first [plain | add_rels; by_relations]] | solve [known_bases; plain] | solve [logs; plain]
  | solve [progress logarithmic_slopes; plain] | solve [absolutes; first [plain | add_rels; by_relations]]
  | solve [shifts; plain] | solve [zeros; plain] | solve [progress square_numbers; plain]
  | solve [square_factors; plain] | solve [nested_roots] | solve [progress whole_powers; plain]
  | solve [tangents; plain] | solve [angle_sums; plain] | solve [exponent_sums; plain] | solve [by_neighbours]
  | solve [by_exponentials] | solve [arc_values]
  | solve [progress consequences; first [plain | logs; plain | by_neighbours]]
  | solve [logs; progress whole_logarithms; plain] | solve [try consequences; by_logarithms]
  | solve [lazymatch goal with |- context [RInt _ _ _] => integrals end]
  | solve [progress unfold below, unlike; pieces] | solve [floors] | solve [known_angles] ].
Ltac close := cbv beta; try change (AbsRing.sort R_AbsRing) with R; first
  [ reflexivity | ring | unfold Rdiv; ring | solve [inverses] | solve [numbers_below]
  | timeout 20 (solve [field; split_all; nz]) | timeout 40 by_knowledge
  | timeout 20 (solve [eqn]) | timeout 10 (solve [unfold Rpower; eqn]) ].

Ltac conditions G := cbv beta in G; repeat match goal with
  | H : ?P /\ ?Q |- _ =>
      lazymatch P with _ < _ => lazymatch Q with _ < _ => fail | _ => destruct H end | _ => destruct H end
  | H : 1 < Rabs ?u |- _ => known (0 < u ^ 2 - 1);
      assert (u <> 0) by exact (proj1 (outside u H)); assert (0 < u ^ 2 - 1) by exact (proj2 (proj2 (outside u H)))
  end.

Ltac side := cbv beta; rewrite ?Rplus_0_r, ?Rminus_0_r, ?Rmult_0_r; first
  [ assumption | lra | match goal with |- _ <> _ => nz | |- 0 < _ => pos | |- _ < _ < _ => by_hyp end
  | (split; first [lra | nra]) | nra | (split_all; first [lra | nra]) | solve [bounds; nra] ].
Ltac split_conditions := repeat match goal with
  | |- True => exact I
  | |- ?P /\ ?Q => lazymatch P with _ < _ => lazymatch Q with _ < _ => fail | _ => split end | _ => split end
  end.
Ltac witness_one := first [ exact I | lra | pos | solve [each_piece; lra] | (split; lra) | (left; lra) | (right; lra) ].
(* by the tactic for intervals, which is loaded later; functions that it does not know are written by those that it does *)
Ltac by_bounds t := first [ t | (split; t) | (apply Rgt_not_eq; t) | (apply Rlt_not_eq; t) ].
Ltac witness_by t := first [ by_bounds t | unfold Rpower, tanh, sinh, cosh, sech, csch, coth, sec, csc, cot, arcsinh,
  arccosh, arctanh, arccoth, arcsech, arccsch, acot, asec, acsc, logistic, softplus, relu, heaviside;
    repeat first [rewrite asin_as_atan by lra | rewrite acos_as_atan by lra]; by_bounds t ].

(* what the hints of a certificate rewrite by *)
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
Ltac finish := square_numbers; unify_powers; first [ plain | solve [numbers_below] | solve [add_rels; by_relations] | timeout 20 eqn ].
