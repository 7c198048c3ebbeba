(* Algebra: what closes the equations between the sides of a step, and the conditions that it asks for. *)
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
Lemma tan_difference w u d : cos w <> 0 -> cos u <> 0 -> d = w - u -> tan w - tan u = sin d / (cos w * cos u).
Proof. intros W U ->. unfold tan. rewrite sin_minus. field. now split. Qed.
Lemma cot_difference w u d : sin w <> 0 -> sin u <> 0 -> d = w - u -> cot w - cot u = - (sin d / (sin w * sin u)).
Proof. intros W U ->. unfold cot. rewrite sin_minus. field. now split. Qed.
Ltac tangents := match goal with
  | |- context [tan ?w - tan ?u] => match goal with |- context [sin ?d] =>
      rewrite (tan_difference w u d) by first [nz | ring] end
  | |- context [cot ?w - cot ?u] => match goal with |- context [sin ?d] =>
      rewrite (cot_difference w u d) by first [nz | ring] end
  end.
Lemma sin_double w u : w = 2 * u -> sin w = 2 * sin u * cos u. Proof. intros ->. apply sin_2a. Qed.
Lemma cos_double w u : w = 2 * u -> cos w = cos u * cos u - sin u * sin u. Proof. intros ->. apply cos_2a. Qed.
Ltac doubles := match goal with
  | |- context [sin ?w] => match goal with |- context [cos ?u] => rewrite (sin_double w u) by ring end
  | |- context [cos ?w] => match goal with
      | |- context [cos ?u] => rewrite (cos_double w u) by ring
      | |- context [sin ?u] => rewrite (cos_double w u) by ring end
  end.
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
Ltac square_factors := match goal with
  | |- sqrt ?a = ?b => apply root_is; [nneg | first [ring | field; split_all; nz]]
  | |- sqrt ?a = ?u * sqrt ?b => apply root_of_positive_multiple; [nneg | first [ring | field; split_all; nz]]
  | |- context [sqrt ?a] => match goal with |- context [Rabs ?u] => match goal with |- context [sqrt ?b] =>
      tryif constr_eq a b then fail else rewrite (root_of_multiple a u b) by first [ring | field; split_all; nz] end end
  end.
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
Lemma cleared_right a b c : a + b / c <> 0 -> c <> 0 -> a * c + b <> 0.
Proof. intros H N E. apply H. replace (a + b / c) with ((a * c + b) / c) by (field; exact N). rewrite E. field. exact N. Qed.
Lemma cleared_left a b c : b / c + a <> 0 -> c <> 0 -> b + a * c <> 0.
Proof. intros H N. rewrite Rplus_comm in H. rewrite Rplus_comm. now apply cleared_right. Qed.
Ltac known P := lazymatch goal with H : P |- _ => fail | _ => idtac end.
Ltac consequences := repeat match goal with
  | H : 0 < ?a / ?b |- _ => known (a <> 0); assert (a <> 0) by exact (top_not_zero a b (pos_neq0 _ H))
  | H : 0 < ?a / ?b |- _ => known (0 < a * b); assert (0 < a * b) by (apply (product_of_quotient a b H); nz)
  | H : ?a + ?b / ?c <> 0 |- _ => known (a * c + b <> 0); assert (a * c + b <> 0) by (apply (cleared_right a b c H); nz)
  | H : ?b / ?c + ?a <> 0 |- _ => known (b + a * c <> 0); assert (b + a * c <> 0) by (apply (cleared_left a b c H); nz)
  | H : 0 < ?a * ?b |- _ => known (a * b <> 0); assert (a * b <> 0) by exact (pos_neq0 _ H)
  | H : ?a / ?b <> 0 |- _ => known (a <> 0); assert (a <> 0) by exact (top_not_zero a b H)
  | H : ?a * ?b <> 0 |- _ => known (a <> 0); assert (a <> 0) by exact (left_not_zero a b H)
  | H : ?a * ?b <> 0 |- _ => known (b <> 0); assert (b <> 0) by exact (right_not_zero a b H)
  | H : ?a ^ ?n <> 0 |- _ => known (a <> 0); assert (a <> 0) by exact (base_not_zero a (pred n) H)
  | |- context [_ / ?d] => known (d <> 0); assert (d <> 0) by nz
  end.
Ltac whole_powers := repeat match goal with
  | |- context [Rpower ?b (IZR ?z)] => let n := eval compute in (Z.to_nat z) in
      replace (Rpower b (IZR z)) with (b ^ n) by (rewrite <- Rpower_pow by pos; f_equal; rewrite INR_IZR_INZ; reflexivity)
  end.
Ltac each_piece := unfold below, unlike in *; repeat match goal with
  | |- context [Rlt_dec ?a ?b] => destruct (Rlt_dec a b)
  | |- context [Req_EM_T ?a ?b] => destruct (Req_EM_T a b)
  end.
Ltac bounds := repeat match goal with
  | |- context [sin ?u] => lazymatch goal with H : -1 <= sin u <= 1 |- _ => fail | _ => assert (-1 <= sin u <= 1) by apply SIN_bound end
  | |- context [cos ?u] => lazymatch goal with H : -1 <= cos u <= 1 |- _ => fail | _ => assert (-1 <= cos u <= 1) by apply COS_bound end
  | |- context [exp ?u] => lazymatch goal with H : 0 < exp u |- _ => fail | _ => assert (0 < exp u) by apply exp_pos end
  end.
(* sines of parts of a turn, and the angles that have them *)
Lemma asin_is a b : - (PI / 2) <= b <= PI / 2 -> sin b = a -> asin a = b.
Proof. intros H <-. now apply asin_sin. Qed.
Lemma acos_is a b : 0 <= b <= PI -> cos b = a -> acos a = b.
Proof. intros H <-. now apply acos_cos. Qed.
Lemma atan_is a b : - (PI / 2) < b < PI / 2 -> tan b = a -> atan a = b.
Proof. intros H <-. now apply atan_tan. Qed.
Ltac from_quadrant f r :=  (* f u = f (PI - r), for the first angle r that fits *)
  match goal with |- context [f ?u] => first
    [ replace (f u) with (f r) by (f_equal; field)
    | replace (f u) with (f (- r)) by (f_equal; field)
    | replace (f u) with (f (PI - r)) by (f_equal; field)
    | replace (f u) with (f (PI + r)) by (f_equal; field)
    | replace (f u) with (f (2 * PI - r)) by (f_equal; field) ]
  end.
Ltac quadrants f :=
  repeat progress first [ from_quadrant f 0 | from_quadrant f (PI / 6) | from_quadrant f (PI / 4) | from_quadrant f (PI / 3) | from_quadrant f (PI / 2) ].
Ltac angle_values :=
  rewrite ?sin_plus, ?cos_plus, ?sin_minus, ?cos_minus, ?sin_neg, ?cos_neg;
  rewrite ?sin_2PI, ?cos_2PI, ?sin_PI, ?cos_PI, ?sin_0, ?cos_0, ?sin_PI6, ?cos_PI6, ?sin_PI4, ?cos_PI4, ?sin_PI3,
    ?cos_PI3, ?sin_PI2, ?cos_PI2;
  add_rels; first [ lra | plain | by_relations ].
Ltac angle := assert (0 < PI) by apply PI_RGT_0; first [ lra | unfold tan; angle_values ].
Ltac inverse f lemma := match goal with |- context [f ?a] => first
  [ rewrite (lemma a 0) by angle | rewrite (lemma a (PI / 6)) by angle | rewrite (lemma a (PI / 4)) by angle
  | rewrite (lemma a (PI / 3)) by angle | rewrite (lemma a (PI / 2)) by angle | rewrite (lemma a PI) by angle
  | rewrite (lemma a (- (PI / 6))) by angle | rewrite (lemma a (- (PI / 4))) by angle
  | rewrite (lemma a (- (PI / 3))) by angle | rewrite (lemma a (- (PI / 2))) by angle
  | rewrite (lemma a (PI - PI / 3)) by angle | rewrite (lemma a (PI - PI / 4)) by angle
  | rewrite (lemma a (PI - PI / 6)) by angle ] end.
Ltac known_angles := repeat first [ inverse asin asin_is | inverse acos acos_is | inverse atan atan_is ];
  first [ plain | unfold tan, cot, sec, csc; quadrants sin; quadrants cos; angle_values ].
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
Ltac close := cbv beta; try change (AbsRing.sort R_AbsRing) with R; first
  [ reflexivity | ring | unfold Rdiv; ring | solve [field; split_all; nz]
  | solve [unify_powers; plain] | solve [split_powers; unify_powers; plain] | solve [doubles; plain] | solve [known_bases; plain] | solve [logs; plain]
  | solve [absolutes; first [plain | add_rels; by_relations]] | solve [shifts; plain]
  | solve [zeros; plain] | solve [progress square_numbers; plain] | solve [square_factors; plain] | solve [progress whole_powers; plain] | solve [tangents; plain] | solve [angle_sums; plain] | solve [exponent_sums; plain] | solve [unfold coth, csch; plain]
  | solve [progress consequences; plain] | solve [progress unfold below, unlike; pieces] | solve [floors] | solve [known_angles]
  | timeout 20 (solve [eqn]) | timeout 10 (solve [unfold Rpower; eqn]) ].

Ltac conditions G := cbv beta in G; repeat match goal with
  | H : ?P /\ ?Q |- _ =>
      lazymatch P with _ < _ => lazymatch Q with _ < _ => fail | _ => destruct H end | _ => destruct H end
  | H : 1 < Rabs ?u |- _ => known (0 < u ^ 2 - 1);
      assert (u <> 0) by exact (proj1 (outside u H)); assert (0 < u ^ 2 - 1) by exact (proj2 (proj2 (outside u H)))
  end.

Ltac side := cbv beta; rewrite ?Rplus_0_r, ?Rminus_0_r, ?Rmult_0_r; first
  [ assumption | lra | match goal with |- _ <> _ => nz | |- 0 < _ => pos | |- _ < _ < _ => by_hyp end
  | (split; first [lra | nra]) | nra | (split_all; first [lra | nra]) ].
Ltac split_conditions := repeat match goal with
  | |- True => exact I
  | |- ?P /\ ?Q => lazymatch P with _ < _ => lazymatch Q with _ < _ => fail | _ => split end | _ => split end
  end.
Ltac witness_one := first [ exact I | lra | pos | solve [each_piece; lra] | (split; lra) | (left; lra) | (right; lra) ].
(* by the tactic for intervals, which is loaded later; functions that it does not know are written by those that it does *)
Ltac by_bounds t := first [ t | (split; t) | (apply Rgt_not_eq; t) | (apply Rlt_not_eq; t) ].
Ltac witness_by t := first [ by_bounds t | unfold Rpower, tanh, sinh, cosh, sech, csch, coth, sec, csc, cot, arcsinh,
  arccosh, arctanh, arccoth, arcsech, arccsch, acot, logistic, softplus, relu, heaviside; by_bounds t ].

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
